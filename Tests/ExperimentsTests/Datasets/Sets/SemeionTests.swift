import Foundation
import Kernels
import Testing

@testable import Contract
@testable import Datasets
@testable import Stages

@Suite struct SemeionTests {
  private static let folder = ProcessInfo.processInfo.environment["PIPELINE_DATA"] ?? ""
  private static let real = DataLocations([folder])
  static let isHere = !folder.isEmpty && Semeion.info.isPresent(in: real)

  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  /// A line like those of the file: ink where `ink` says so, and the mark of a digit.
  private static func line(_ digit: Int, ink: (Int) -> Bool = { $0 % 3 == 0 }) -> String {
    let pixels = (0..<256).map { ink($0) ? "1.0000" : "0.0000" }
    let marks = (0..<10).map { $0 == digit ? "1" : "0" }
    return (pixels + marks).joined(separator: " ") + " \r\n"
  }

  private func context(_ locations: DataLocations) -> StageContext {
    StageContext(
      name: "semeion", seed: Seed(1, stage: "semeion"), workspace: ToyModels.workspace,
      data: locations)
  }

  private func manifest(_ text: String) throws -> DataSetInfo {
    let bytes = Array(text.utf8)
    try scratch.write(bytes, as: "semeion.data")
    return DataSetInfo(
      name: "semeion", summary: "", citation: "", licence: "",
      files: [
        DataSetFile(
          .init(name: "semeion.data", bytes: bytes.count, sha256: SHA256.hex(of: bytes)))
      ], mirrors: ["https://example.org"])
  }

  @Test func linesAreRead() throws {
    let path = try scratch.write(
      Array((Self.line(3) + Self.line(0) { $0 == 255 }).utf8), as: "two.data")
    let images = try Semeion.images(of: path)
    #expect(images.count == 2 && images.height == 16 && images.width == 16)
    #expect(images.labels == [3, 0])
    #expect(Array(images.image(0)) == (0..<256).map { $0 % 3 == 0 ? 255 : 0 })
    #expect(Array(images.image(1)) == (0..<256).map { $0 == 255 ? 255 : 0 })
  }

  @Test(arguments: [
    ("", "holds no image", "an empty file"),
    ("\n", "in line 1", "0 numbers"),
    ("1 0 1\n", "in line 1", "3 numbers"),
    (line(4) + "1 0 1\n" + line(5), "in line 2", "3 numbers"),
    (
      line(4) + line(4).replacing("1.0000 0.0000", with: "1.0000 0.5000", maxReplacements: 1),
      "in line 2", "‘0.5000’ as number 2"
    ),
    (
      line(4).replacing("1.0000 0.0000", with: "1.0000 two", maxReplacements: 1), "in line 1",
      "‘two’ as number 2"
    ),
    (
      line(4).replacing("1.0000 0.0000", with: "1.0000 0.", maxReplacements: 1), "in line 1",
      "‘0.’ as number 2"
    ),
    (line(10), "in line 1", "the marks 0 0 0 0 0 0 0 0 0 0"),
    (
      line(1).replacing("0 0 0 0 0 0 \r\n", with: "0 0 0 0 0 1 \r\n"), "in line 1",
      "the marks 0 1 0 0 0 0 0 0 0 1"
    ),
  ])
  func garbageIsRefusedInItsLine(text: String, problem: String, found: String) throws {
    let path = try scratch.write(Array(text.utf8), as: "bad.data")
    let error = #expect(throws: DataFileError.self) { try Semeion.images(of: path) }
    #expect(error?.file == path && error?.problem.contains(problem) == true)
    #expect(error?.found == found)
  }

  /// Nothing to learn from, and everything to test on, survives the artifact.
  @Test func allImagesAreTestImages() throws {
    let stage = SemeionStage(
      margin: 6, manifest: try manifest(Self.line(3) + Self.line(9) + Self.line(9)))
    let output = try stage.run(context(DataLocations([scratch.path])))
    let digits = try StageInput(stage: "semeion", output: output).digits()
    #expect(digits.train.count == 0 && digits.validation.count == 0 && digits.test.count == 3)
    #expect(digits.test.labels == [3, 9, 9] && digits.test.shape == [28, 28])
    #expect(digits.name == "semeion" && digits.test.classes == 10)
    // With this margin every pixel stays one.
    let image = Array(digits.test.image(1))
    for row in 0..<28 {
      for column in 0..<28 {
        let isInside = (6..<22).contains(row) && (6..<22).contains(column)
        let isInk = isInside && ((row - 6) * 16 + column - 6) % 3 == 0
        #expect(image[row * 28 + column] == (isInk ? 255 : 0))
      }
    }
    #expect(output.conditions["data"] == "semeion" && output.conditions["test-images"] == "3")
    #expect(output.conditions["semeion/margin"] == "6" && output.deviations.count == 1)
    #expect(try output.table("provenance").rows.count == 1)
  }

  @Test(.enabled(if: isHere)) func theRealFileHoldsWhatItShould() throws {
    let output = try SemeionStage(margin: 4, manifest: Semeion.info).run(context(Self.real))
    let digits = try StageInput(stage: "semeion", output: output).digits()
    #expect(digits.test.count == 1593)
    let counts = (0..<10).map { label in digits.test.labels.count { $0 == label } }
    #expect(counts == [161, 162, 159, 159, 161, 159, 161, 158, 155, 158])
    #expect(Set(digits.test.image(0)).count > 2, "enlarged by 5/4, edges are grey")
  }

  @Test func theStageBlamesTheData() throws {
    let stage = SemeionStage(margin: 4, manifest: Semeion.info)
    let failure = #expect(throws: StageFailure.self) {
      try stage.run(context(DataLocations(["/nowhere"])))
    }
    #expect(failure?.blame == .data)
    #expect(failure?.description.contains("pipeline data fetch semeion") == true)
    #expect(optionError(SemeionStage.self, ["margin": .int(14)])?.path == ["margin"])
  }
}
