import Kernels
import Testing

@testable import Contract
@testable import Datasets
@testable import Stages

@Suite struct CelebATests {
  private let scratch: ScratchFolder
  private let toy: ToyCelebA

  init() throws {
    scratch = try ScratchFolder()
    toy = try ToyCelebA()
  }

  private func run(
    _ manifest: DataSetInfo, train: Int = 1000, validation: Int = 1000, test: Int = 1000
  ) throws -> StageOutput {
    try CelebAStage(
      trainImages: train, validationImages: validation, testImages: test, manifest: manifest,
      parts: ToyCelebA.parts
    ).run(
      StageContext(
        name: "test", seed: Seed(1, stage: "celeba"), workspace: Workspace(threads: 1),
        data: DataLocations([scratch.path])))
  }

  /// Runs on an archive of these faces that the manifest takes for the official one.
  private func run(archiveOf faces: [Int: [UInt8]]) throws -> StageOutput {
    let archive = try ToyCelebA.archive(faces)
    try scratch.write(archive, as: "celeba/\(ToyCelebA.archiveName)")
    return try run(ToyCelebA.manifest(archive: archive))
  }

  private func run(folderOf faces: [Int: [UInt8]]) throws -> StageOutput {
    for (number, bytes) in faces { try scratch.write(bytes, as: ToyCelebA.name(number)) }
    return try run(ToyCelebA.manifest(archive: [1, 2, 3]))
  }

  private func provenance(_ output: StageOutput) throws -> Table {
    guard case .table(let table)? = output.artifacts["provenance"] else {
      throw StageFailure(.data, "no provenance among \(output.artifacts.keys.sorted())")
    }
    return table
  }

  @Test func theArchiveGivesTheSplitInOneClass() throws {
    let output = try run(archiveOf: toy.faces)
    let faces = try StageInput(stage: "celeba", output: output).digits()
    #expect(faces.name == "celeba")
    #expect(faces.train.count == 4 && faces.validation.count == 2 && faces.test.count == 3)
    #expect(faces.train.shape == [3, 64, 64] && faces.train.classes == 1)
    #expect(faces.train.labels == [0, 0, 0, 0])
    #expect(try faces.train.images == (1...4).flatMap { try toy.shrunk($0) })
    #expect(try faces.validation.images == (5...6).flatMap { try toy.shrunk($0) })
    #expect(try faces.test.images == (7...9).flatMap { try toy.shrunk($0) })
    #expect(output.conditions["data"] == "celeba" && output.conditions["test-images"] == "3")
    #expect(output.deviations.isEmpty)
    let rows = try provenance(output).rows
    let archive = try ToyCelebA.archive(toy.faces)
    #expect(rows.count == 1 && rows[0][0] == .text(ToyCelebA.archiveName))
    #expect(rows[0][2] == .text(SHA256.hex(of: archive)))
    #expect(rows[0][3] == .text("https://example.org/\(ToyCelebA.archiveName)"))
  }

  @Test func theFolderGivesTheSameFacesAndItsOwnDigest() throws {
    let unpacked = try run(folderOf: toy.faces)
    #expect(try run(archiveOf: toy.faces).artifacts["digits"] == unpacked.artifacts["digits"])
    let bytes = (1...9).flatMap { toy.faces[$0] ?? [] }
    let rows = try provenance(unpacked).rows
    #expect(rows.count == 1 && rows[0][0] == .text("img_align_celeba, 9 files"))
    #expect(rows[0][1] == .integer(bytes.count))
    #expect(rows[0][2] == .text(SHA256.hex(of: bytes)))
    #expect(rows[0][3] == .text("a folder; there is no digest to compare with"))
  }

  @Test func fewerImagesAreTheFirstOfEachPartAndNoOthersAreNeeded() throws {
    for number in [1, 2, 3, 5, 7] {
      try scratch.write(toy.faces[number] ?? [], as: "celeba/\(ToyCelebA.name(number))")
    }
    let output = try run(
      ToyCelebA.manifest(archive: []), train: 3, validation: 1, test: 1)
    let faces = try StageInput(stage: "celeba", output: output).digits()
    #expect(faces.train.count == 3)
    #expect(try faces.validation.images == toy.shrunk(5))
    #expect(try faces.test.images == toy.shrunk(7))
    #expect(
      output.deviations.map(\.what) == [
        "CelebA models learn from the first 3 of 4 images",
        "CelebA models are tested on the first 1 of 3 images",
      ])
  }

  @Test func aMissingNumberIsAnErrorInBothForms() throws {
    var faces = toy.faces
    faces[6] = nil
    for failure in [
      #expect(throws: StageFailure.self) { try run(folderOf: faces) },
      #expect(throws: StageFailure.self) { try run(archiveOf: faces) },
    ] {
      #expect(failure?.blame == .data)
      let text = failure?.description ?? ""
      #expect(text.contains("does not hold all faces that are needed"))
      #expect(text.contains("found:    no 000006.jpg"))
      #expect(text.contains("000001.jpg to 000004.jpg, 000005.jpg to 000006.jpg"))
    }
  }

  @Test func aFileThatIsNoFaceIsAnErrorInBothForms() throws {
    let whole = toy.faces[8] ?? []
    let small = try jpeg([UInt8](repeating: 9, count: 3 * 16 * 16), width: 16, height: 16)
    for (bytes, problem) in [
      (Array("GIF89a".utf8), "is no JPEG file"),
      (Array(whole[..<(whole.count / 2)]), "is a damaged JPEG file"),
      (small, "is a picture of the wrong size"),
    ] {
      let faces = toy.faces.merging([8: bytes]) { $1 }
      let packed = #expect(throws: StageFailure.self) { try run(archiveOf: faces) }
      #expect(packed?.description.contains(".zip/000008.jpg’ \(problem)") == true)
      let parts = [1...4, 7...9]
      for (number, bytes) in faces { try scratch.write(bytes, as: ToyCelebA.name(number)) }
      let error = #expect(throws: DataFileError.self) {
        try CelebAFaces.read(parts, fromFolder: "\(scratch.path)/\(ToyCelebA.folder)") { _, _ in }
          .content
      }
      #expect(error?.file == "\(scratch.path)/\(ToyCelebA.name(8))")
      #expect(error?.problem == problem)
    }
  }

  @Test func anArchiveThatIsCutShortIsAnError() throws {
    let whole = try ToyCelebA.archive(toy.faces)
    let cut = Array(whole[..<(whole.count / 2)])
    let path = try scratch.write(cut, as: ToyCelebA.archiveName)
    let failure = #expect(throws: StageFailure.self) { try run(ToyCelebA.manifest(archive: cut)) }
    #expect(failure?.description.contains("‘\(path)’ is a damaged zip archive") == true)
  }

  @Test func aDamagedArchiveIsNotPassedOverForTheFolder() throws {
    for (number, bytes) in toy.faces { try scratch.write(bytes, as: ToyCelebA.name(number)) }
    try scratch.write([1, 2, 3], as: ToyCelebA.archiveName)
    let failure = #expect(throws: StageFailure.self) {
      try run(ToyCelebA.manifest(archive: [4, 5]))
    }
    #expect(failure?.description.contains("is damaged or is another file") == true)
  }

  @Test func nothingAtAllNamesTheArchiveAndTheFolder() {
    let failure = #expect(throws: StageFailure.self) { try run(CelebA.info) }
    let text = failure?.description ?? ""
    #expect(text.contains("‘img_align_celeba.zip’ or a folder ‘img_align_celeba’"))
    #expect(text.contains("pipeline data fetch celeba"))
  }

  @Test func namesAndNumbers() {
    #expect(CelebA.fileName(1) == "000001.jpg" && CelebA.fileName(202_599) == "202599.jpg")
    #expect(CelebA.number("000001.jpg") == 1 && CelebA.number("202599.jpg") == 202_599)
    for name in ["1.jpg", "._000001.jpg", "000001.png", "+00001.jpg", "000001.jpg.jpg", ""] {
      #expect(CelebA.number(name) == nil, "\(name)")
    }
    let parts = CelebA.official
    #expect(parts.train.count + parts.validation.count + parts.test.count == 202_599)
  }

  @Test(arguments: [
    ("train-images", 0), ("train-images", 162_771), ("validation-images", 0),
    ("validation-images", 19_868), ("test-images", 0), ("test-images", 19_963),
  ])
  func optionsOutsideOfTheDataAreErrors(name: String, value: Int) {
    var settings: [String: Setting] = [
      "train-images": .int(162_770), "validation-images": .int(19_867),
      "test-images": .int(19_962),
    ]
    settings[name] = .int(value)
    var reader = OptionReader(settings)
    let error = #expect(throws: OptionError.self) { try CelebAStage(options: &reader) }
    #expect(error?.path == [name])
  }
}
