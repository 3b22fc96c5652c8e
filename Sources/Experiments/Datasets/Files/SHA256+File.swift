import Contract

extension SHA256 {
  /// The digest of a file, read in pieces so that its size does not matter.
  package static func hex(ofFile path: String) throws(DataFileError) -> String {
    var stream = SHA256Stream()
    try FileReader.forEachPiece(of: path) { stream.update($0) }
    return stream.finish()
  }
}
