import Contract

/// The batches of CIFAR-10 that are at hand, read and verified.
package struct CIFAR10Batches {
  /// One unpacked batch: what file it was, and its images.
  package struct Batch {
    package let facts: DataSetFile.Facts
    package let images: LabelledImages

    package init(facts: DataSetFile.Facts, images: LabelledImages) {
      self.facts = facts
      self.images = images
    }
  }

  /// The five training batches in order.
  package let training: [Batch]
  /// The official test batch; nil where it is not at hand.
  package let test: Batch?

  /// Reads and verifies whatever complete form of the data set is at hand.
  ///
  /// Another manifest than the official one, of the same layout, serves tests.
  package init(
    from locations: DataLocations, manifest: DataSetInfo = CIFAR10.info
  ) throws(DataFileError) {
    let located = try manifest.verify(in: locations)
    let batches =
      if located.map(\.file) == manifest.files {
        try Self.unpacked(archive: located[0], members: manifest.alternatives[0].map(\.plain))
      } else {
        try Self.read(located)
      }
    precondition(batches.count >= 5, "CIFAR-10 has five training batches, not \(batches.count)")
    training = Array(batches[..<5])
    test = batches.count > 5 ? batches[5] : nil
  }

  private static func unpacked(
    archive: LocatedFile, members: [DataSetFile.Facts]
  ) throws(DataFileError) -> [Batch] {
    let contents = try TarArchive.members(
      of: archive.path, named: members.map(\.name), limit: members.map(\.bytes).max() ?? 0)
    var batches: [Batch] = []
    for (facts, bytes) in zip(members, contents) {
      let file = "\(archive.path)/\(facts.name)"
      try facts.verify(bytes, from: file)
      batches.append(
        Batch(facts: facts, images: try Self.images(parsing: bytes, file: file)))
    }
    return batches
  }

  private static func read(_ files: [LocatedFile]) throws(DataFileError) -> [Batch] {
    var batches: [Batch] = []
    for located in files {
      let (path, facts) = (located.path, located.file.plain)
      let bytes =
        path.hasSuffix(".xz")
        ? try Compression.xz.bytes(of: path, limit: max(facts.bytes, located.facts.bytes))
        : try FileReader.bytes(of: path, limit: facts.bytes)
      try facts.verify(bytes, from: path)
      batches.append(
        Batch(facts: facts, images: try Self.images(parsing: bytes, file: path)))
    }
    return batches
  }

  /// The records of an unpacked batch, whose name serves the error messages.
  package static func images(parsing bytes: [UInt8], file: String) throws(DataFileError)
    -> LabelledImages
  {
    let (side, classes) = (CIFAR10.side, CIFAR10.classNames.count)
    let pixels = 3 * side * side
    let record = pixels + 1
    guard !bytes.isEmpty && bytes.count % record == 0 else {
      throw DataFileError(
        file: file, problem: bytes.isEmpty ? "holds nothing" : "is cut short, or no batch",
        found: "\(bytes.count) bytes", expected: "whole records of \(record) bytes")
    }
    let count = bytes.count / record
    var images: [UInt8] = []
    images.reserveCapacity(count * pixels)
    var labels: [UInt8] = []
    labels.reserveCapacity(count)
    for start in stride(from: 0, to: bytes.count, by: record) {
      guard bytes[start] < classes else {
        throw DataFileError(
          file: file, problem: "holds a label that is no class",
          found: "\(bytes[start]) in record \(start / record)",
          expected: "0 to \(classes - 1)")
      }
      labels.append(bytes[start])
      images.append(contentsOf: bytes[start + 1..<start + record])
    }
    return LabelledImages(
      images: images, labels: labels, height: side, width: side, channels: 3,
      classes: classes)
  }
}
