import Testing

@testable import Contract
@testable import Datasets

@Suite struct IDXDataSetTests {
  private static let names = [
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
  ]

  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private static func idx(_ sizes: [UInt8], _ content: [UInt8]) -> [UInt8] {
    [0, 0, 8, UInt8(sizes.count)] + sizes.flatMap { [0, 0, 0, $0] } + content
  }

  /// Writes five training images and two test images of 1×2 pixels, packed or not.
  private func write(
    _ name: String, below folder: String, brightness: UInt8, isPacked: Bool = true
  ) throws -> DataSetInfo {
    let contents = [
      Self.idx([5, 1, 2], (0..<10).map { brightness + $0 }), Self.idx([5], [0, 1, 2, 3, 9]),
      Self.idx([2, 1, 2], (20..<24).map { brightness + $0 }), Self.idx([2], [7, 8]),
    ]
    var files: [DataSetFile] = []
    for (fileName, plain) in zip(Self.names, contents) {
      let packed = try gzip(plain)
      try scratch.write(
        isPacked ? packed : plain, as: "\(folder)/\(fileName)\(isPacked ? ".gz" : "")")
      files.append(
        IDXDataSet.file(
          fileName, packed: packed.count, SHA256.hex(of: packed), plain: plain.count,
          SHA256.hex(of: plain)))
    }
    return DataSetInfo(
      name: name, summary: "", citation: "", licence: "", files: files,
      mirrors: ["https://example.org/\(name)"])
  }

  private var locations: DataLocations { DataLocations([scratch.path]) }

  @Test func theLastTrainingImagesAreHeldOut() throws {
    let info = try write("toy", below: "toy", brightness: 0)
    let output = try IDXDataSet(info).output(from: locations, holdingOut: 2)
    let digits = try StageInput(stage: "toy", output: output).digits()
    #expect(digits.name == "toy")
    #expect(digits.train.labels == [0, 1, 2] && digits.train.images == [0, 1, 2, 3, 4, 5])
    #expect(digits.validation.labels == [3, 9] && digits.validation.images == [6, 7, 8, 9])
    #expect(digits.test.labels == [7, 8] && digits.test.images == [20, 21, 22, 23])
    #expect(output.conditions["data"] == "toy" && output.conditions["train-images"] == "3")
    guard case .table(let provenance)? = output.artifacts["provenance"] else {
      Issue.record("no provenance among \(output.artifacts.keys.sorted())")
      return
    }
    #expect(provenance.rows.map { $0[0] } == Self.names.map { .text($0) })
    #expect(
      provenance.rows[3][3] == .text("https://example.org/toy/t10k-labels-idx1-ubyte.gz"))
  }

  @Test func dataSetsWhoseFilesAreCalledAlikeAreToldApart() throws {
    let digits = try write("mnist", below: "mnist", brightness: 0)
    let clothes = try write("fashion-mnist", below: "fashion-mnist", brightness: 100)
    #expect(try IDXDataSet(digits).load(from: locations).train.images[0] == 0)
    #expect(try IDXDataSet(clothes).load(from: locations).train.images[0] == 100)
    let failure = #expect(throws: StageFailure.self) {
      try IDXDataSet(clothes).output(
        from: DataLocations(["\(scratch.path)/mnist"]), holdingOut: 1)
    }
    #expect(failure?.blame == .data)
    #expect(failure?.description.contains("another file of that name") == true)
  }

  @Test func packedAndPlainFilesGiveTheSameBytes() throws {
    let info = try write("toy", below: "toy", brightness: 50)
    let packed = try IDXDataSet(info).output(from: locations, holdingOut: 2)
    _ = try write("toy", below: "plain", brightness: 50, isPacked: false)
    let plain = try IDXDataSet(info).output(
      from: DataLocations(["\(scratch.path)/plain"]), holdingOut: 2)
    #expect(plain == packed)
  }

  @Test func differentCountsOfImagesAndLabelsAreAnError() throws {
    let images = try scratch.write(Self.idx([2, 1, 1], [9, 9]), as: "images")
    let labels = try scratch.write(Self.idx([3], [1, 2, 3]), as: "labels")
    let error = #expect(throws: DataFileError.self) {
      try IDXDataSet.labelledImages(images, labels)
    }
    #expect(error?.file == labels)
    #expect(error?.found == "3 labels")
    #expect(error?.expected?.hasPrefix("2 labels") == true)
  }

  @Test func aLabelBeyondNineIsAnError() throws {
    let images = try scratch.write(Self.idx([3, 1, 1], [9, 9, 9]), as: "images")
    let labels = try scratch.write(Self.idx([3], [1, 10, 3]), as: "labels")
    let error = #expect(throws: DataFileError.self) {
      try IDXDataSet.labelledImages(images, labels)
    }
    #expect(error?.found == "10 at position 1")
    #expect(error?.expected == "0 to 9")
  }
}
