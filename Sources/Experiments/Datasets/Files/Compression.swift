import CArchive

/// A way to pack one file, unpacked through libarchive.
///
/// libarchive does not compare the check sum in a gzip trailer, so whoever needs to know that the
/// content is intact compares its SHA-256.
enum Compression {
  /// Deflate with a header: `.gz`.
  case gzip
  /// LZMA2, behind whatever filters the file names: `.xz`.
  case xz

  /// The unpacked content of a file, given up as soon as it exceeds `limit` bytes.
  func bytes(of path: String, limit: Int) throws(DataFileError) -> [UInt8] {
    let packed = try FileReader.bytes(of: path, limit: limit)
    guard packed.starts(with: magic) else {
      throw DataFileError(
        file: path, problem: "is not \(name) file",
        found: ByteText.start(of: packed, count: max(4, magic.count)),
        expected: ByteText.start(of: magic, count: magic.count))
    }
    let reader = ArchiveReader(path, kind: "\(word) file", whole: "a whole \(word) stream")
    switch self {
    case .gzip: archive_read_support_filter_gzip(reader.archive)
    case .xz: archive_read_support_filter_xz(reader.archive)
    }
    archive_read_support_format_raw(reader.archive)
    archive_read_support_format_empty(reader.archive)

    // The reader keeps the pointer until it is freed, so all reading happens inside.
    let result: Result<[UInt8], DataFileError> = packed.withUnsafeBytes { source in
      do throws(DataFileError) {
        return .success(try unpack(source, with: reader, limit: limit))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private func unpack(
    _ source: UnsafeRawBufferPointer, with reader: borrowing ArchiveReader, limit: Int
  ) throws(DataFileError) -> [UInt8] {
    try reader.open(source)
    guard try reader.nextEntry() != nil else { return [] }
    // A header too damaged to be recognised would come out as it went in.
    guard archive_filter_code(reader.archive, 0) == filter else {
      throw DataFileError(
        file: reader.path, problem: "is a damaged \(word) file",
        found: "a header of no known kind", expected: "a whole \(word) stream")
    }
    return try reader.content(limit: limit)
  }

  private var word: String {
    switch self {
    case .gzip: "gzip"
    case .xz: "xz"
    }
  }

  private var name: String {
    switch self {
    case .gzip: "a gzip"
    case .xz: "an xz"
    }
  }

  private var magic: [UInt8] {
    switch self {
    case .gzip: [0x1F, 0x8B]
    case .xz: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]
    }
  }

  private var filter: Int32 {
    switch self {
    case .gzip: ARCHIVE_FILTER_GZIP
    case .xz: ARCHIVE_FILTER_XZ
    }
  }
}
