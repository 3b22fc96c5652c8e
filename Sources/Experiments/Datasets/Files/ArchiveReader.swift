import CArchive

/// A libarchive reader, which speaks of the file's faults as this project does.
///
/// Nothing that a file says about its sizes is trusted: content is read up to a limit.
struct ArchiveReader: ~Copyable {
  let archive: OpaquePointer
  let path: String
  private let kind: String
  private let whole: String

  /// A reader that knows no format yet, for a file of this `kind`, which should be `whole`.
  init(_ path: String, kind: String, whole: String) {
    guard let archive = archive_read_new() else {
      preconditionFailure("libarchive gave no reader: out of memory")
    }
    self.archive = archive
    self.path = path
    self.kind = kind
    self.whole = whole
  }

  deinit { archive_read_free(archive) }

  /// Starts reading a file in memory, which must outlive the reader.
  func open(_ source: UnsafeRawBufferPointer) throws(DataFileError) {
    guard archive_read_open_memory(archive, source.baseAddress, source.count) == ARCHIVE_OK else {
      throw damaged(after: 0)
    }
  }

  /// Starts reading the file at `path`, piece by piece.
  func open() throws(DataFileError) {
    guard archive_read_open_filename(archive, path, FileReader.pieceSize) == ARCHIVE_OK else {
      throw damaged(after: 0)
    }
  }

  /// The next entry of the archive, or nil behind the last; valid until the next call.
  func nextEntry() throws(DataFileError) -> OpaquePointer? {
    var entry: OpaquePointer?
    switch archive_read_next_header(archive, &entry) {
    case ARCHIVE_OK: return entry
    case ARCHIVE_EOF: return nil
    default: throw damaged(after: 0)
    }
  }

  /// The content of the present entry, given up as soon as it exceeds `limit` bytes.
  func content(limit: Int) throws(DataFileError) -> [UInt8] {
    var bytes: [UInt8] = []
    let piece = UnsafeMutableRawBufferPointer.allocate(
      byteCount: FileReader.pieceSize, alignment: 16)
    defer { piece.deallocate() }
    while true {
      let count = archive_read_data(archive, piece.baseAddress, piece.count)
      guard count >= 0 else { throw damaged(after: bytes.count) }
      guard count > 0 else { return bytes }
      guard bytes.count + count <= limit else {
        throw DataFileError(
          file: path, problem: "unpacks to too much",
          found: "more than \(limit) bytes", expected: "at most \(limit) bytes")
      }
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: piece[..<count]))
    }
  }

  private func damaged(after count: Int) -> DataFileError {
    let reason = archive_error_string(archive).map { String(cString: $0) } ?? "no reason given"
    return DataFileError(
      file: path, problem: "is a damaged \(kind)",
      found: "\(reason) (after \(count) unpacked bytes)", expected: whole)
  }
}
