import Foundation
import Kernels
import Testing

@testable import Contract
@testable import Datasets
@testable import Stages

@Suite struct FashionMNISTTests {
  private static let folder = ProcessInfo.processInfo.environment["PIPELINE_DATA"] ?? ""
  private static let real = DataLocations([folder])
  static let isHere = !folder.isEmpty && FashionMNIST.info.isPresent(in: real)

  private static func output(
    validation: Int, from locations: DataLocations
  ) throws -> StageOutput {
    var options = OptionReader(["validation": .int(validation)])
    let stage = try FashionMNISTStage(options: &options)
    try options.finish()
    return try stage.run(
      StageContext(
        name: "clothes", seed: Seed(1, stage: "clothes"), workspace: Workspace(threads: 1),
        data: locations))
  }

  @Test(.enabled(if: isHere)) func theRealFilesHoldWhatTheyShould() throws {
    let output = try Self.output(validation: 10_000, from: Self.real)
    let clothes = try StageInput(stage: "clothes", output: output).digits()
    #expect(clothes.name == "fashion-mnist")
    #expect(clothes.train.count == 50_000 && clothes.validation.count == 10_000)
    #expect(clothes.test.count == 10_000 && clothes.test.height == 28 && clothes.test.width == 28)
    #expect(clothes.train.labels.prefix(10) == [9, 0, 0, 3, 0, 2, 7, 2, 5, 5])
    #expect(clothes.test.labels.prefix(10) == [9, 2, 1, 1, 6, 1, 4, 6, 5, 7])
    #expect(FashionMNIST.classNames[Int(clothes.train.labels[0])] == "ankle boot")
    let learnt = clothes.train.followed(by: clothes.validation).labels
    for label in UInt8(0)..<10 {
      #expect(learnt.count { $0 == label } == 6000)
      #expect(clothes.test.labels.count { $0 == label } == 1000)
    }
    #expect(output.conditions["data"] == "fashion-mnist")
    guard case .table(let provenance)? = output.artifacts["provenance"] else {
      Issue.record("no provenance among \(output.artifacts.keys.sorted())")
      return
    }
    #expect(provenance.rows.count == 4)
  }

  @Test(.enabled(if: isHere && MNISTTests.isHere))
  func filesOfMNISTAreNotTakenForItNorTheReverse() throws {
    let failure = #expect(throws: StageFailure.self) {
      try Self.output(validation: 10, from: DataLocations(["\(Self.folder)/mnist"]))
    }
    #expect(failure?.description.contains("another file of that name") == true)
    #expect(throws: DataFileError.self) {
      try MNIST.info.verify(in: DataLocations(["\(Self.folder)/fashion-mnist"]))
    }
  }

  @Test func theStageBlamesTheData() {
    let failure = #expect(throws: StageFailure.self) {
      try Self.output(validation: 10, from: DataLocations(["/nowhere"]))
    }
    #expect(failure?.blame == .data)
    #expect(failure?.description.contains("pipeline data fetch fashion-mnist") == true)
  }

  @Test(arguments: [0, 60_000]) func aValidationOutsideOfTheDataIsAnError(value: Int) {
    var options = OptionReader(["validation": .int(value)])
    let error = #expect(throws: OptionError.self) { try FashionMNISTStage(options: &options) }
    #expect(error?.path == ["validation"])
  }
}
