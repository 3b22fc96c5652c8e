import Foundation
import Kernels
import Testing

@testable import Contract
@testable import Datasets
@testable import Stages

@Suite struct CIFAR10Tests {
  private static let folder = ProcessInfo.processInfo.environment["PIPELINE_DATA"] ?? ""
  private static let real = DataLocations([folder])
  static let isHere = !folder.isEmpty && CIFAR10.info.isPresent(in: real)

  private let scratch: ScratchFolder
  private let toy = ToyCIFAR10()

  init() throws { scratch = try ScratchFolder() }

  private func output(
    _ manifest: DataSetInfo, validation: Int = 2, trainImages: Int = 50_000
  ) throws -> StageOutput {
    try CIFAR10Stage(validation: validation, trainImages: trainImages, manifest: manifest).run(
      StageContext(
        name: "test", seed: Seed(1, stage: "cifar"), workspace: Workspace(threads: 1),
        data: DataLocations([scratch.path])))
  }

  private func digits(_ output: StageOutput) throws -> DigitImages {
    try StageInput(stage: "cifar", output: output).digits()
  }

  @Test(.enabled(if: isHere)) func theRealBatchesHoldWhatTheyShould() throws {
    let batches = try CIFAR10Batches(from: Self.real)
    #expect(batches.training.map(\.images.count) == [10_000, 10_000, 10_000, 10_000, 10_000])
    let labels = batches.training.flatMap(\.images.labels)
    #expect(
      (0..<10).map { label in labels.count { $0 == label } } == [Int](repeating: 5000, count: 10))
    #expect(labels.prefix(10) == [6, 9, 9, 4, 1, 1, 2, 7, 8, 3])
    let images = batches.training[0].images
    #expect(images.channels == 3 && images.height == 32 && images.width == 32)
    #expect(CIFAR10.classNames[Int(labels[0])] == "frog")
    if let test = batches.test {
      #expect((0..<10).allSatisfy { label in test.images.labels.count { $0 == label } == 1000 })
    }
    let red = images.images[..<1024].reduce(0) { $0 + Int($1) }
    #expect(red == 144_594)
  }

  @Test func theArchiveGivesTheOfficialSplit() throws {
    let archive = try toy.archive()
    try scratch.write(archive, as: "cifar-10/\(ToyCIFAR10.archiveName)")
    let output = try output(toy.manifest(archive: archive))
    let digits = try digits(output)
    #expect(digits.train.count == 13 && digits.validation.count == 2 && digits.test.count == 3)
    #expect(digits.train.labels == (0..<13).map { UInt8($0 % 10) })
    #expect(digits.validation.labels == [3, 4])
    #expect(digits.test.labels == [5, 6, 7])
    #expect(digits.train.channels == 3 && digits.train.height == 32 && digits.train.classes == 10)
    let third = Array(toy.batches[0].bytes[2 * 3073 + 1..<3 * 3073])
    #expect(Array(digits.train.image(2)) == third)
    #expect(output.conditions["split"] == "official")
    #expect(output.conditions["data"] == "cifar-10")
    #expect(output.conditions["test-images"] == "3")
    #expect(output.deviations.isEmpty)
    guard case .table(let provenance)? = output.artifacts["provenance"] else {
      Issue.record("no provenance among \(output.artifacts.keys.sorted())")
      return
    }
    #expect(provenance.rows.count == 6)
    #expect(provenance.rows[5][0] == .text("test_batch.bin"))
    #expect(provenance.rows[5][3] == .text("https://example.org/\(ToyCIFAR10.archiveName)"))
  }

  @Test func everyFormGivesTheSameBytes() throws {
    let archive = try toy.archive()
    let manifest = try toy.manifest(archive: archive)
    for (i, (name, bytes)) in toy.batches.enumerated() {
      if i % 2 == 0 {
        try scratch.write(bytes, as: name)
      } else {
        try scratch.write(xz(bytes), as: "cifar-10/\(name).xz")
      }
    }
    let unpacked = try output(manifest)
    try scratch.write(archive, as: ToyCIFAR10.archiveName)
    #expect(try output(manifest) == unpacked)
  }

  @Test func withoutTheTestBatchTheFifthIsHeldOutAndSaysSo() throws {
    for (name, bytes) in toy.batches.dropLast() { try scratch.write(xz(bytes), as: "\(name).xz") }
    let manifest = try toy.manifest(archive: toy.archive())
    #expect(manifest.isPresent(in: DataLocations([scratch.path])))
    let output = try output(manifest)
    let digits = try digits(output)
    #expect(digits.train.labels == (0..<10).map { UInt8($0) })
    #expect(digits.validation.labels == [0, 1])
    #expect(digits.test.labels == [2, 3, 4])
    #expect(output.conditions["split"] == "batch 5 held out")
    #expect(output.conditions["train-images"] == "10")
    #expect(output.deviations.count == 1)
    #expect(output.deviations.first?.what.contains("training batch 5") == true)
  }

  @Test func fewerTrainingImagesAreTheFirstAndADeviation() throws {
    let archive = try toy.archive()
    try scratch.write(archive, as: ToyCIFAR10.archiveName)
    let output = try output(toy.manifest(archive: archive), trainImages: 4)
    let digits = try digits(output)
    #expect(digits.train.labels == [0, 1, 2, 3])
    #expect(digits.validation.labels == [3, 4], "what is held out does not move")
    #expect(output.conditions["train-images"] == "4")
    #expect(
      output.deviations.map(\.what) == ["CIFAR-10 models learn from the first 4 of 13 images"])
  }

  @Test func aDamagedArchiveIsNotPassedOverForItsParts() throws {
    for (name, bytes) in toy.batches { try scratch.write(bytes, as: name) }
    let archive = try toy.archive()
    let path = try scratch.write(Array(archive.dropLast()), as: ToyCIFAR10.archiveName)
    let failure = #expect(throws: StageFailure.self) { try output(toy.manifest(archive: archive)) }
    #expect(failure?.blame == .data)
    #expect(failure?.description.contains("‘\(path)’ is damaged") == true)
  }

  @Test func anArchiveOfOtherContentIsAnError() throws {
    let archive = try toy.archive()
    let path = try scratch.write(archive, as: ToyCIFAR10.archiveName)
    let manifest = try toy.manifest(archive: archive, content: ["data_batch_4.bin": [1, 2, 3]])
    let error = #expect(throws: DataFileError.self) {
      try CIFAR10Batches(from: DataLocations([scratch.path]), manifest: manifest)
    }
    #expect(error?.file == "\(path)/data_batch_4.bin" || error?.file == path)
    #expect(
      error?.expected?.contains("3 bytes") == true || error?.problem.contains("too much") == true)
  }

  @Test func aPackedBatchOfOtherContentIsAnError() throws {
    let other = try xz([UInt8](repeating: 1, count: 3073))
    for (name, bytes) in toy.batches.dropLast() {
      try scratch.write(name == "data_batch_2.bin" ? other : xz(bytes), as: "\(name).xz")
    }
    let manifest = try toy.manifest(archive: toy.archive(), packed: ["data_batch_2.bin": other])
    let error = #expect(throws: DataFileError.self) {
      try CIFAR10Batches(from: DataLocations([scratch.path]), manifest: manifest)
    }
    #expect(error?.file.hasSuffix("data_batch_2.bin.xz") == true)
    #expect(error?.found?.hasPrefix("3073 bytes, SHA-256") == true)
    #expect(error?.expected?.hasPrefix("9219 bytes, SHA-256") == true)
  }

  @Test func nothingAtAllNamesTheArchive() {
    let error = #expect(throws: DataFileError.self) {
      try CIFAR10Batches(from: DataLocations([scratch.path]))
    }
    #expect(error?.file == ToyCIFAR10.archiveName)
    #expect(error?.description.contains(scratch.path) == true)
    #expect(error?.description.contains("pipeline data fetch cifar-10") == true)
  }

  @Test(arguments: [
    ([], "holds nothing", "0 bytes", "3073 bytes"),
    ([UInt8](repeating: 0, count: 3072), "cut short", "3072 bytes", "3073 bytes"),
    ([UInt8](repeating: 0, count: 3074), "cut short", "3074 bytes", "3073 bytes"),
    (
      [UInt8](repeating: 0, count: 3073) + [UInt8](repeating: 10, count: 3073), "no class",
      "10 in record 1", "0 to 9"
    ),
  ])
  func aBatchThatIsNoneSaysWhatWasFound(
    bytes: [UInt8], problem: String, found: String, expected: String
  ) {
    let error = #expect(throws: DataFileError.self) {
      try CIFAR10Batches.images(parsing: bytes, file: "batch")
    }
    #expect(error?.file == "batch")
    #expect(error?.problem.contains(problem) == true)
    #expect(error?.found == found)
    #expect(error?.expected?.contains(expected) == true)
  }

  @Test(arguments: [
    ("validation", 0), ("validation", 40_000), ("train-images", 0), ("train-images", 50_001),
  ])
  func optionsOutsideOfTheDataAreErrors(name: String, value: Int) {
    var settings: [String: Setting] = ["validation": .int(5000), "train-images": .int(50_000)]
    settings[name] = .int(value)
    var reader = OptionReader(settings)
    let error = #expect(throws: OptionError.self) { try CIFAR10Stage(options: &reader) }
    #expect(error?.path == [name])
  }
}
