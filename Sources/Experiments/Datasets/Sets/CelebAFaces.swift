import Contract

/// Reads the faces of CelebA of some numbers, decoded and shrunk, part by part.
package enum CelebAFaces {
  /// No original is nearly as large.
  private static let limit = 1 << 20

  /// Out of the archive, whose members may come in any order; nothing after the last wanted one is
  /// unpacked.
  package static func read(
    _ parts: [ClosedRange<Int>], fromArchive path: String,
    progress: (_ done: Int, _ total: Int) -> Void
  ) throws(DataFileError) -> [LabelledImages] {
    var faces = FaceTable(parts)
    let decoder = JPEGDecoder()
    let archive = try ZipArchive(path)
    while faces.count < faces.total {
      let member = try archive.next(
        where: { CelebA.number($0).map(faces.lacks) == true }, limit: limit)
      guard let member, let number = CelebA.number(member.name) else { break }
      try faces.put(
        member.bytes, number: number, file: "\(path)/\(member.name)", decoder: decoder)
      progress(faces.count, faces.total)
    }
    if let missing = faces.missing { throw lacking(missing, of: parts, in: path) }
    return faces.images
  }

  /// Out of the folder that the archive unpacks to, with the size and the SHA-256 of all bytes that
  /// were read, in the order of the numbers.
  package static func read(
    _ parts: [ClosedRange<Int>], fromFolder path: String,
    progress: (_ done: Int, _ total: Int) -> Void
  ) throws(DataFileError) -> (images: [LabelledImages], content: DataSetFile.Facts) {
    var faces = FaceTable(parts)
    let decoder = JPEGDecoder()
    var size = 0
    var digest = SHA256Stream()
    for number in parts.joined() {
      let file = "\(path)/\(CelebA.fileName(number))"
      guard FileReader.exists(file) else { throw lacking(number, of: parts, in: path) }
      let bytes = try FileReader.bytes(of: file, limit: limit)
      size += bytes.count
      digest.update(bytes)
      try faces.put(bytes, number: number, file: file, decoder: decoder)
      progress(faces.count, faces.total)
    }
    let name = "\(CelebA.folder), \(faces.count) files"
    return (faces.images, .init(name: name, bytes: size, sha256: digest.finish()))
  }

  private static func lacking(
    _ number: Int, of parts: [ClosedRange<Int>], in path: String
  ) -> DataFileError {
    let wanted = parts.map {
      "\(CelebA.fileName($0.lowerBound)) to \(CelebA.fileName($0.upperBound))"
    }
    return DataFileError(
      file: path, problem: "does not hold all faces that are needed",
      found: "no \(CelebA.fileName(number))", expected: wanted.joined(separator: ", "))
  }
}
