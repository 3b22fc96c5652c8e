/// The MNIST database of handwritten digits: 60,000 + 10,000 grey pictures of 28×28 pixels.
///
/// Y. LeCun, L. Bottou, Y. Bengio, P. Haffner: Gradient-based learning applied to document
/// recognition, Proc. IEEE 86(11), 1998. 0 is paper, 255 is ink.
public enum MNIST {
  /// Files, digests and mirrors.
  public static let info = DataSetInfo(
    name: "mnist",
    summary: "60,000 + 10,000 handwritten digits, 28×28 grey",
    citation: "LeCun, Bottou, Bengio, Haffner, Proc. IEEE 86(11), 1998",
    licence: "made available by its authors; commonly given as CC BY-SA 3.0",
    files: [
      file(
        "train-images-idx3-ubyte", packed: 9_912_422,
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609", plain: 47_040_016,
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
      file(
        "train-labels-idx1-ubyte", packed: 28_881,
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c", plain: 60_008,
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
      file(
        "t10k-images-idx3-ubyte", packed: 1_648_877,
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6", plain: 7_840_016,
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
      file(
        "t10k-labels-idx1-ubyte", packed: 4_542,
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6", plain: 10_008,
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
    ],
    mirrors: [
      "https://ossci-datasets.s3.amazonaws.com/mnist",
      "https://storage.googleapis.com/cvdf-datasets/mnist",
    ])

  /// Reads and verifies the four files; all 60,000 training images stand in `train`.
  public static func load(from locations: DataLocations) throws(DataFileError) -> DigitImages {
    try load(verified: info.verify(in: locations))
  }

  /// Reads four files that are already verified, in the order of the manifest.
  static func load(verified files: [LocatedFile]) throws(DataFileError) -> DigitImages {
    precondition(files.count == 4, "MNIST has 4 files, not \(files.count)")
    let train = try labelledImages(files[0].path, files[1].path)
    let test = try labelledImages(files[2].path, files[3].path)
    return DigitImages(name: info.name, train: train, validation: train.subset(0..<0), test: test)
  }

  /// A pair of IDX files as pictures of digits, whichever pair it is.
  static func labelledImages(
    _ images: String, _ labels: String
  ) throws(DataFileError) -> LabelledImages {
    let pictures = try IDX.read(images, dimensions: 3)
    let classes = try IDX.read(labels, dimensions: 1)
    guard pictures.shape[0] == classes.shape[0] else {
      throw DataFileError(
        file: labels, problem: "does not go with ‘\(images)’",
        found: "\(classes.shape[0]) labels",
        expected: "\(pictures.shape[0]) labels, one an image")
    }
    if let place = classes.elements.firstIndex(where: { $0 > 9 }) {
      throw DataFileError(
        file: labels, problem: "holds a label that is no digit",
        found: "\(classes.elements[place]) at position \(place)", expected: "0 to 9")
    }
    return LabelledImages(
      images: pictures.elements, labels: classes.elements, height: pictures.shape[1],
      width: pictures.shape[2])
  }

  private static func file(
    _ name: String, packed packedBytes: Int, _ packedDigest: String, plain plainBytes: Int,
    _ plainDigest: String
  ) -> DataSetFile {
    DataSetFile(
      packed: .init(name: "\(name).gz", bytes: packedBytes, sha256: packedDigest),
      plain: .init(name: name, bytes: plainBytes, sha256: plainDigest))
  }
}
