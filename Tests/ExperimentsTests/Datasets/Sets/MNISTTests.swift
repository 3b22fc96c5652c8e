import Foundation
import Kernels
import Testing

@testable import Contract
@testable import Datasets
@testable import Stages

@Suite struct MNISTTests {
  private static let folder = ProcessInfo.processInfo.environment["PIPELINE_DATA"] ?? ""
  private static let real = DataLocations([folder])
  static let isHere = !folder.isEmpty && MNIST.info.isPresent(in: real)

  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  @Test(.enabled(if: isHere)) func theRealFilesHoldWhatTheyShould() throws {
    let digits = try IDXDataSet(MNIST.info).load(from: Self.real)
    #expect(digits.train.count == 60_000)
    #expect(digits.validation.count == 0)
    #expect(digits.test.count == 10_000)
    #expect(digits.train.height == 28 && digits.train.width == 28 && digits.train.classes == 10)
    #expect(digits.train.labels.prefix(10) == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4])
    #expect(digits.test.labels.prefix(10) == [7, 2, 1, 0, 4, 1, 4, 9, 5, 9])
    let perClass = (0..<10).map { digit in digits.test.labels.count { $0 == digit } }
    #expect(perClass == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009])
  }

  @Test(.enabled(if: isHere)) func theStageHoldsOutTheLastTrainingImages() throws {
    var options = OptionReader(["validation": .int(10_000)])
    let stage = try MNISTStage(options: &options)
    try options.finish()
    let output = try stage.run(
      StageContext(
        name: "digits", seed: Seed(1, stage: "mnist"), workspace: Workspace(threads: 1),
        data: Self.real)
    )
    guard case .tensors(let bundle)? = output.artifacts["digits"],
      case .table(let provenance)? = output.artifacts["provenance"]
    else {
      Issue.record("the artifacts are \(output.artifacts.keys.sorted())")
      return
    }
    #expect(bundle.arrays["train.images"]?.shape == [50_000, 28, 28])
    #expect(bundle.arrays["validation.labels"]?.shape == [10_000])
    #expect(bundle.arrays["validation.labels"]?.bytes?.prefix(5) == [3, 8, 6, 9, 6])
    #expect(bundle.arrays["test.images"]?.shape == [10_000, 28, 28])
    #expect(provenance.rows.count == 4)
    #expect(output.conditions["data"] == "mnist")
    #expect(output.conditions["test-images"] == "10000")
    #expect(output.conditions["train-images"] == "50000")
  }

  @Test(.enabled(if: isHere)) func plainAndPackedFilesMayBeMixedInSeveralFolders() throws {
    let plain = try Compression.gzip.bytes(
      of: "\(Self.folder)/mnist/t10k-labels-idx1-ubyte.gz", limit: 20_000)
    try scratch.write(plain, as: "mnist/t10k-labels-idx1-ubyte")
    let files = try MNIST.info.verify(in: DataLocations([scratch.path, Self.folder]))
    #expect(files.map(\.facts.name).last == "t10k-labels-idx1-ubyte")
    #expect(files.map(\.facts.name).first == "train-images-idx3-ubyte.gz")
  }

  @Test func aMissingFileNamesTheFoldersThatWereSearched() {
    let error = #expect(throws: DataFileError.self) {
      try IDXDataSet(MNIST.info).load(from: DataLocations(["/nowhere/a", scratch.path]))
    }
    let text = error?.description ?? ""
    #expect(text.contains("train-images-idx3-ubyte.gz"))
    #expect(text.contains("/nowhere/a") && text.contains(scratch.path))
    #expect(text.contains("pipeline data fetch mnist"))
  }

  @Test func aDamagedFileIsNotPassedOver() throws {
    let path = try scratch.write([0x1F, 0x8B, 1, 2, 3], as: "mnist/train-images-idx3-ubyte.gz")
    let error = #expect(throws: DataFileError.self) {
      try MNIST.info.verify(in: DataLocations([scratch.path, Self.folder]))
    }
    let text = error?.description ?? ""
    #expect(text.contains("‘\(path)’"))
    #expect(text.contains("found:    5 bytes, SHA-256 \(SHA256.hex(of: [0x1F, 0x8B, 1, 2, 3]))"))
    #expect(text.contains("expected: 9912422 bytes, SHA-256 440fcabf73cc546f"))
  }

  @Test func theStageBlamesTheData() {
    var options = OptionReader(["validation": .int(10)])
    let failure = #expect(throws: StageFailure.self) {
      try MNISTStage(options: &options).run(
        StageContext(
          name: "digits", seed: Seed(1, stage: "mnist"), workspace: Workspace(threads: 1),
          data: DataLocations(["/nowhere"])))
    }
    #expect(failure?.blame == .data)
    #expect(failure?.description.contains("/nowhere") == true)
  }
}
