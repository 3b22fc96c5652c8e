import Kernels
import Testing

@testable import Contract
@testable import Datasets
@testable import Stages

@Suite struct SVHNTests {
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  /// A pixel that tells its place.
  private static func pixel(_ image: Int, _ channel: Int, _ row: Int, _ column: Int) -> UInt8 {
    UInt8((image * 101 + channel * 53 + row * 7 + column * 3) % 256)
  }

  /// Images in MATLAB's order: row, column, channel, image.
  private static func pixels(_ count: Int) -> [UInt8] {
    (0..<count).flatMap { image in
      (0..<3).flatMap { channel in
        (0..<32).flatMap { column in (0..<32).map { pixel(image, channel, $0, column) } }
      }
    }
  }

  private func write(
    _ name: String, labels: [UInt8], isCompressed: Bool = true
  ) throws -> DataSetFile {
    let path = "\(scratch.path)/\(name)"
    try writeMAT(
      [
        .bytes("X", [32, 32, 3, labels.count], Self.pixels(labels.count)),
        .bytes("y", [labels.count, 1], labels),
      ], isCompressed: isCompressed, to: path)
    let bytes = try FileReader.bytes(of: path, limit: 1 << 20)
    return DataSetFile(
      .init(name: name, bytes: bytes.count, sha256: SHA256.hex(of: bytes)))
  }

  private func manifest() throws -> DataSetInfo {
    DataSetInfo(
      name: "svhn", summary: "", citation: "", licence: "",
      files: [
        try write("train_32x32.mat", labels: [1, 10, 3, 4, 5, 9, 10]),
        try write("test_32x32.mat", labels: [10, 2, 6], isCompressed: false),
      ], mirrors: ["https://example.org"])
  }

  private func run(_ manifest: DataSetInfo, trainImages: Int = 100) throws -> StageOutput {
    try SVHNStage(validation: 2, trainImages: trainImages, manifest: manifest).run(
      StageContext(
        name: "test", seed: Seed(1, stage: "svhn"), workspace: Workspace(threads: 1),
        data: DataLocations([scratch.path])))
  }

  @Test func theStageGivesRowsOfPlanesAndDigits() throws {
    let output = try run(manifest())
    let digits = try StageInput(stage: "svhn", output: output).digits()
    #expect(digits.train.labels == [1, 0, 3, 4, 5])
    #expect(digits.validation.labels == [9, 0])
    #expect(digits.test.labels == [0, 2, 6])
    #expect(digits.train.shape == [3, 32, 32] && digits.train.classes == 10)
    let expected = (0..<3).flatMap { channel in
      (0..<32).flatMap { row in (0..<32).map { Self.pixel(3, channel, row, $0) } }
    }
    #expect(Array(digits.train.image(3)) == expected)
    #expect(output.conditions["data"] == "svhn" && output.conditions["train-images"] == "5")
    #expect(output.deviations.isEmpty)
    guard case .table(let provenance)? = output.artifacts["provenance"] else {
      Issue.record("no provenance among \(output.artifacts.keys.sorted())")
      return
    }
    #expect(provenance.rows.map { $0[0] } == [.text("train_32x32.mat"), .text("test_32x32.mat")])
    #expect(provenance.rows[1][3] == .text("https://example.org/test_32x32.mat"))
  }

  @Test func fewerTrainingImagesAreTheFirstAndADeviation() throws {
    let output = try run(manifest(), trainImages: 3)
    let digits = try StageInput(stage: "svhn", output: output).digits()
    #expect(digits.train.labels == [1, 0, 3])
    #expect(digits.validation.labels == [9, 0], "what is held out does not move")
    #expect(output.deviations.map(\.what) == ["SVHN models learn from the first 3 of 5 images"])
  }

  @Test func anotherFileThanTheOfficialIsAnError() throws {
    let manifest = try manifest()
    _ = try write("test_32x32.mat", labels: [1])
    let failure = #expect(throws: StageFailure.self) { try run(manifest) }
    #expect(failure?.blame == .data)
    #expect(failure?.description.contains("test_32x32.mat’ is damaged") == true)
  }

  @Test func withoutFilesTheStageSaysHowToGetThem() {
    let failure = #expect(throws: StageFailure.self) { try run(SVHN.info) }
    #expect(failure?.description.contains("pipeline data fetch svhn") == true)
  }

  private func error(_ variables: [MATVariable]) throws -> DataFileError? {
    let path = "\(scratch.path)/wrong.mat"
    try writeMAT(variables, isCompressed: true, to: path)
    let error = #expect(throws: DataFileError.self) { try SVHN.images(of: path) }
    #expect(error?.file == path)
    return error
  }

  @Test func missingVariablesAndWrongTypesAreErrors() throws {
    let images = MATVariable.bytes("X", [32, 32, 3, 2], Self.pixels(2))
    #expect(try error([images])?.found == "no variable ‘y’")
    #expect(try error([.bytes("y", [2, 1], [1, 2])])?.found == "no variable ‘X’")
    let floats = MATVariable.doubles("X", [32, 32, 3, 1], Self.pixels(1).map { Double($0) })
    #expect(
      try error([floats, .bytes("y", [1, 1], [1])])?.problem == "holds ‘X’ of the wrong type")
    #expect(
      try error([images, .singles("y", [2, 1], [1, 2])])?.problem
        == "holds ‘y’ of the wrong type")
  }

  @Test(arguments: [[32, 32, 1, 6], [32, 32, 6], [32, 3, 32, 2], [6144, 1]])
  func imagesOfAnotherShapeAreAnError(shape: [Int]) throws {
    let error = try error([
      .bytes("X", shape, Self.pixels(2)), .bytes("y", [2, 1], [1, 2]),
    ])
    #expect(error?.problem == "holds ‘X’ of the wrong shape")
    #expect(error?.found == "\(shape)")
    #expect(error?.expected == "[32, 32, 3, n]")
  }

  @Test func labelsOfAnotherShapeOrNumberAreErrors() throws {
    let images = MATVariable.bytes("X", [32, 32, 3, 2], Self.pixels(2))
    let across = try error([images, .bytes("y", [1, 2], [1, 2])])
    #expect(across?.problem == "holds ‘y’ of the wrong shape" && across?.found == "[1, 2]")
    let more = try error([images, .doubles("y", [3, 1], [1, 2, 3])])
    #expect(more?.found == "3 labels" && more?.expected == "2 labels, one an image")
  }

  @Test(arguments: [0, 11, 2.5, -1, Double.nan, 1e300])
  func labelsOutsideOfTheClassesAreErrors(label: Double) throws {
    let error = try error([
      .bytes("X", [32, 32, 3, 2], Self.pixels(2)), .doubles("y", [2, 1], [10, label]),
    ])
    #expect(error?.problem == "holds a label that is no class")
    #expect(error?.found == "\(label) at position 1")
  }

  @Test(arguments: [
    ("validation", 0), ("validation", 73_257), ("train-images", 0), ("train-images", 73_258),
  ])
  func optionsOutsideOfTheDataAreErrors(name: String, value: Int) {
    var settings: [String: Setting] = ["validation": .int(7000), "train-images": .int(60_000)]
    settings[name] = .int(value)
    var reader = OptionReader(settings)
    let error = #expect(throws: OptionError.self) { try SVHNStage(options: &reader) }
    #expect(error?.path == [name])
  }
}
