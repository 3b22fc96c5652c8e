import Benchmarks
import Testing

@testable import Pipeline

@Suite("The command bench") struct BenchCommandTests {
  @Test func `without words everything is measured`() throws {
    #expect(try BenchCommand.chosen([]).map(\.name) == Benchmark.all.map(\.name))
  }

  @Test func `words choose by parts of names, in the order of the list and in any case`() throws {
    let names = try BenchCommand.chosen(["maxout", "PRODUCT 128"]).map(\.name)
    #expect(names.count > 2 && names.first == "product 128×1200×784")
    #expect(
      names
        == Benchmark.all.map(\.name).filter {
          $0.contains("maxout") || $0.hasPrefix("product 128")
        })
  }

  @Test func `a word that none has is refused, and what there is listed`() {
    let error = #expect(throws: UsageError.self) { try BenchCommand.chosen(["lenet", "xyzzy"]) }
    #expect(error?.message == "no benchmark is named ‘xyzzy’")
    #expect(error?.hint.contains(Benchmark.all[0].name) == true)
  }
}
