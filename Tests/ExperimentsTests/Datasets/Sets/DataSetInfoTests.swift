import Testing

@testable import Contract
@testable import Datasets

/// Where files are found; `DownloadTests` has how they get there.
@Suite struct DataSetInfoTests {
  private let scratch: ScratchFolder
  private let info = Self.dataSet(name: "toy", content: [1, 2, 3])

  init() throws { scratch = try ScratchFolder() }

  private static func dataSet(name: String, content: [UInt8]) -> DataSetInfo {
    DataSetInfo(
      name: name, summary: "", citation: "", licence: "",
      files: [
        DataSetFile(
          .init(name: "images.gz", bytes: content.count, sha256: SHA256.hex(of: content)))
      ], unpacked: "single-images", mirrors: ["https://example.org"])
  }

  private func places(_ folders: String...) -> DataLocations {
    DataLocations(folders.map { "\(scratch.path)/\($0)" })
  }

  @Test func theOwnFolderComesBeforeFilesOfTheSameName() throws {
    let other = Self.dataSet(name: "other", content: [4, 5, 6])
    try scratch.write([4, 5, 6], as: "first/images.gz")
    try scratch.write([4, 5, 6], as: "second/other/images.gz")
    let own = try scratch.write([1, 2, 3], as: "second/toy/images.gz")
    #expect(try info.verify(in: places("first", "second")).map(\.path) == [own])
    #expect(
      try other.verify(in: places("first", "second")).map(\.path) == [
        "\(scratch.path)/second/other/images.gz"
      ])
  }

  @Test func aFolderServesAsItIs() throws {
    let path = try scratch.write([1, 2, 3], as: "first/images.gz")
    #expect(try info.verify(in: places("second", "first")).map(\.path) == [path])
  }

  @Test func anotherDataSetsFileIsAnErrorAndNotTaken() throws {
    let path = try scratch.write([4, 5, 6], as: "other/images.gz")
    let error = #expect(throws: DataFileError.self) { try info.verify(in: places("other")) }
    #expect(error?.file == path)
    #expect(error?.problem == "is damaged or is another file of that name")
    #expect(error?.hint?.hasPrefix("remove it if it is damaged") == true)
  }

  @Test func anUnpackedFolderServesWhereTheFilesAreNotAllThere() throws {
    #expect(!info.isPresent(in: places("data")))
    try scratch.write([7], as: "data/toy/single-images/1.jpg")
    #expect(info.isPresent(in: places("data")))
    #expect(info.unpackedFolder(in: places("data")) == "\(scratch.path)/data/toy/single-images")
    #expect(info.unpackedFolder(in: places("data/toy")) == "\(scratch.path)/data/toy/single-images")
    try scratch.write([1, 2, 3], as: "data/images.gz")
    #expect(info.unpackedFolder(in: places("data")) == nil)
    #expect(info.isPresent(in: places("data")))
  }

  @Test func whatIsMissingNamesTheFolderThatWouldServe() {
    let error = #expect(throws: DataFileError.self) { try info.verify(in: places("data")) }
    #expect(error?.file == "images.gz")
    #expect(
      error?.expected
        == "‘images.gz’ or a folder ‘single-images’ there or in ‘toy’ below")
    #expect(error?.hint?.contains("pipeline data fetch toy") == true)
  }
}
