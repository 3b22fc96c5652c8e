import Foundation

/// Reads files piece by piece, and says in the system's words why one cannot be read.
enum FileReader {
  static let pieceSize = 1 << 18

  /// Hands over the file's bytes in order, in pieces that are only valid during the call.
  static func forEachPiece(
    of path: String, _ body: (UnsafeRawBufferPointer) -> Void
  ) throws(DataFileError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path) }
    defer { close(descriptor) }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceSize, alignment: 16)
    defer { piece.deallocate() }
    while true {
      let count = read(descriptor, piece.baseAddress, piece.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw unreadable(path) }
      guard count > 0 else { return }
      body(UnsafeRawBufferPointer(rebasing: piece[..<count]))
    }
  }

  /// The whole file, refused before it is read if it is larger than `limit` bytes.
  static func bytes(of path: String, limit: Int) throws(DataFileError) -> [UInt8] {
    let size = try size(of: path)
    guard size <= limit else {
      throw DataFileError(
        file: path, problem: "is too large", found: "\(size) bytes",
        expected: "at most \(limit) bytes")
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    try forEachPiece(of: path) { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// Some bytes from the middle of a file; fewer than `count` where it ends earlier.
  static func excerpt(
    of path: String, at offset: Int, count: Int
  ) throws(DataFileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path) }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let more = bytes.withUnsafeMutableBytes { target in
        pread(
          descriptor, UnsafeMutableRawBufferPointer(rebasing: target[done...]).baseAddress,
          count - done, off_t(offset + done))
      }
      if more < 0 && errno == EINTR { continue }
      guard more >= 0 else { throw unreadable(path) }
      guard more > 0 else { break }
      done += more
    }
    return Array(bytes[..<done])
  }

  /// How many bytes a regular file has.
  static func size(of path: String) throws(DataFileError) -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else { throw unreadable(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw DataFileError(
        file: path, problem: "is not a regular file",
        found: status.st_mode & S_IFMT == S_IFDIR ? "a folder" : "a special file",
        expected: "a file with data")
    }
    return Int(status.st_size)
  }

  /// Whether something of that name exists, of whatever kind.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  private static func unreadable(_ path: String) -> DataFileError {
    let reason = String(cString: strerror(errno))
    return DataFileError(
      file: path, problem: "cannot be read", found: reason.lowercased(),
      expected: "a file that this user may read")
  }
}
