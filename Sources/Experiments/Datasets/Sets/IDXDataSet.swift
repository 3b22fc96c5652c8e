import Contract

/// A data set in four IDX files, as MNIST was published and others after it.
///
/// The files hold the images to learn from, their labels, the images to test on and their labels; the
/// manifest lists them in this order.
package struct IDXDataSet {
  private let info: DataSetInfo

  /// The data set of a manifest of four files.
  package init(_ info: DataSetInfo) {
    precondition(info.files.count == 4, "‘\(info.name)’ has \(info.files.count) files, not four")
    self.info = info
  }

  /// What a data-set stage gives: `digits`, with the last training images held out, and
  /// `provenance`.
  package func output(
    from locations: DataLocations, holdingOut validation: Int
  ) throws(StageFailure) -> StageOutput {
    do throws(DataFileError) {
      let files = try info.verify(in: locations)
      let digits = try load(verified: files).holdingOut(last: validation)
      return StageOutput(
        artifacts: ["digits": .tensors(digits.bundle), "provenance": .table(provenance)],
        conditions: digits.conditions)
    } catch {
      throw error.failure
    }
  }

  /// Reads and verifies the four files; all training images stand in `train`.
  package func load(from locations: DataLocations) throws(DataFileError) -> DigitImages {
    try load(verified: info.verify(in: locations))
  }

  private func load(verified files: [LocatedFile]) throws(DataFileError) -> DigitImages {
    let train = try Self.labelledImages(files[0].path, files[1].path)
    let test = try Self.labelledImages(files[2].path, files[3].path)
    return DigitImages(name: info.name, train: train, validation: train.subset(0..<0), test: test)
  }

  /// A pair of IDX files as pictures in ten classes, whichever pair it is.
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
        file: labels, problem: "holds a label that is no class",
        found: "\(classes.elements[place]) at position \(place)", expected: "0 to 9")
    }
    return LabelledImages(
      images: pictures.elements, labels: classes.elements, height: pictures.shape[1],
      width: pictures.shape[2])
  }

  /// A file of the manifest, packed by gzip and plain.
  package static func file(
    _ name: String, packed packedBytes: Int, _ packedDigest: String, plain plainBytes: Int,
    _ plainDigest: String
  ) -> DataSetFile {
    DataSetFile(
      packed: .init(name: "\(name).gz", bytes: packedBytes, sha256: packedDigest),
      plain: .init(name: name, bytes: plainBytes, sha256: plainDigest))
  }

  // What is listed is the unpacked content and its public home: the same data must give the same
  // bytes wherever it lies and whether it is packed or not.
  private var provenance: Table {
    Provenance.ofFiles(
      caption: "Files of the data set \(info.name) as they are after unpacking.",
      info.files.map { ($0.plain, "\(info.mirrors[0])/\($0.packed.name)") })
  }
}
