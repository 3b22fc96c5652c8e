/// The outermost layout of a MAT file of version 5, checked before libmatio reads it.
///
/// libmatio reads beyond the end of a file that is cut short without complaint, so whether all of it
/// is there is found out here. The format: a header of 128 bytes, which ends with the version and the
/// byte order, then elements, each a type and a size of 4 bytes, and as many bytes as the size says.
enum MATLayout {
  private static let header = 128

  /// Throws unless the file is of version 5 and every element ends within it.
  static func check(_ path: String) throws(DataFileError) {
    let size = try FileReader.size(of: path)
    let start = try FileReader.excerpt(of: path, at: 0, count: header)
    guard start.starts(with: Array("MATLAB ".utf8)) else {
      throw DataFileError(
        file: path, problem: "is not a MAT file", found: ByteText.start(of: start, count: 8),
        expected: "a file that starts with the word ‘MATLAB’")
    }
    guard start.count == header else {
      throw cutShort(path, found: size, needed: "a header of \(header) bytes")
    }
    let isLittleEndian = start.suffix(2) == Array("IM".utf8)
    let version = isLittleEndian ? start[125] : start[124]
    guard version == 1 && (isLittleEndian || start.suffix(2) == Array("MI".utf8)) else {
      throw DataFileError(
        file: path, problem: "is not a MAT file of version 5",
        found: "version and byte order \(ByteText.hex(start.suffix(4)))",
        expected: "00 01 49 4d or 01 00 4d 49")
    }
    var offset = header
    while offset < size {
      let tag = try FileReader.excerpt(of: path, at: offset, count: 8)
      guard tag.count == 8 else {
        throw cutShort(path, found: size, needed: "at least \(offset + 8) bytes")
      }
      let length = isLittleEndian ? tag[4...].reversed() : Array(tag[4...])
      offset += 8 + length.reduce(0) { $0 << 8 | Int($1) }
    }
    guard offset == size else {
      throw cutShort(path, found: size, needed: "at least \(offset) bytes")
    }
  }

  private static func cutShort(_ path: String, found: Int, needed: String) -> DataFileError {
    DataFileError(
      file: path, problem: "is cut short", found: "\(found) bytes", expected: needed)
  }
}
