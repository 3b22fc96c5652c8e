import CArchive

/// Unpacks gzip files through libarchive.
///
/// libarchive does not compare the check sum in a gzip trailer, so whoever needs to know that the
/// content is intact compares its SHA-256.
enum Gzip {
  /// The unpacked content of a file, given up as soon as it exceeds `limit` bytes.
  static func bytes(of path: String, limit: Int) throws(DataFileError) -> [UInt8] {
    let packed = try FileReader.bytes(of: path, limit: limit)
    guard packed.starts(with: [0x1F, 0x8B]) else {
      let found = packed.prefix(4).map { hexByte($0) }.joined(separator: " ")
      throw DataFileError(
        file: path, problem: "is not a gzip file",
        found: packed.isEmpty ? "an empty file" : "a file that starts with \(found)",
        expected: "a file that starts with 1f 8b")
    }
    guard let archive = archive_read_new() else {
      preconditionFailure("libarchive gave no reader: out of memory")
    }
    defer { archive_read_free(archive) }
    archive_read_support_filter_gzip(archive)
    archive_read_support_format_raw(archive)
    archive_read_support_format_empty(archive)

    // The reader keeps the pointer until it is freed, so all reading happens inside.
    let result: Result<[UInt8], DataFileError> = packed.withUnsafeBytes { source in
      do throws(DataFileError) {
        return .success(try unpack(source, with: archive, path: path, limit: limit))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private static func unpack(
    _ source: UnsafeRawBufferPointer, with archive: OpaquePointer, path: String, limit: Int
  ) throws(DataFileError) -> [UInt8] {
    guard archive_read_open_memory(archive, source.baseAddress, source.count) == ARCHIVE_OK else {
      throw damaged(archive, path: path, after: 0)
    }
    var entry: OpaquePointer?
    let header = archive_read_next_header(archive, &entry)
    if header == ARCHIVE_EOF { return [] }
    guard header == ARCHIVE_OK else { throw damaged(archive, path: path, after: 0) }
    // A header too damaged to be recognised would come out as it went in.
    guard archive_filter_code(archive, 0) == ARCHIVE_FILTER_GZIP else {
      throw DataFileError(
        file: path, problem: "is a damaged gzip file", found: "a header of no known kind",
        expected: "a whole gzip stream")
    }

    var bytes: [UInt8] = []
    let piece = UnsafeMutableRawBufferPointer.allocate(
      byteCount: FileReader.pieceSize, alignment: 16)
    defer { piece.deallocate() }
    while true {
      let count = archive_read_data(archive, piece.baseAddress, piece.count)
      guard count >= 0 else { throw damaged(archive, path: path, after: bytes.count) }
      guard count > 0 else { return bytes }
      guard bytes.count + count <= limit else {
        throw DataFileError(
          file: path, problem: "unpacks to too much",
          found: "more than \(limit) bytes", expected: "at most \(limit) bytes")
      }
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: piece[..<count]))
    }
  }

  private static func damaged(
    _ archive: OpaquePointer, path: String, after count: Int
  ) -> DataFileError {
    let reason = archive_error_string(archive).map { String(cString: $0) } ?? "no reason given"
    return DataFileError(
      file: path, problem: "is a damaged gzip file",
      found: "\(reason) (after \(count) unpacked bytes)", expected: "a whole gzip stream")
  }

  private static func hexByte(_ byte: UInt8) -> String {
    let text = String(byte, radix: 16)
    return text.count == 1 ? "0\(text)" : text
  }
}
