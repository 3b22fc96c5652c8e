import Testing

@testable import Datasets
@testable import Papers

@Suite struct DataSetCatalogTests {
  @Test func everyManifestIsWellFormed() {
    for info in DataSetCatalog.all {
      #expect(DataSetCatalog.named(info.name) == info)
      #expect(!info.mirrors.isEmpty)
      let files = info.files + info.alternatives.joined()
      for facts in files.flatMap({ [$0.packed, $0.plain] }) {
        #expect(facts.sha256.count == 64 && facts.sha256.allSatisfy(\.isHexDigit))
        #expect(facts.bytes > 0)
      }
    }
  }

  @Test func everyStageReadsDataSetsThatAreListed() {
    let read = Catalog.kinds.flatMap { $0.dataSets }
    #expect(Set(read) == Set(DataSetCatalog.all.map(\.name)))
    #expect(DataSetCatalog.named("imagenet") == nil)
  }

  @Test func whatIsLargeIsNotDownloadedUnasked() {
    for info in DataSetCatalog.all {
      let bytes = info.files.reduce(0) { $0 + $1.packed.bytes }
      #expect(info.isFetchedByName == (bytes > 200_000_000), "\(info.name)")
    }
  }
}
