import Foundation

/// The unfinished form of a file that is being downloaded, held by one process at a time.
///
/// It lies beside its target as `<name>.part`, outlives a cut connection and a killed process, and is
/// renamed when it is whole. The lock ends with the process that holds it. While another process
/// holds a part, the next name is taken: both download, either may finish first, and neither ever
/// sees half a file under the final name.
final class PartFile: Sendable {
  let path: String
  private let target: String
  private let descriptor: Int32

  private static let suffixes = [".part"] + (2...8).map { ".part\($0)" }

  init(for target: String) throws(DownloadFailure) {
    for suffix in Self.suffixes {
      if let descriptor = try Self.lock(target + suffix) {
        self.path = target + suffix
        self.target = target
        self.descriptor = descriptor
        return
      }
    }
    throw .disk(
      path: target, reason: "\(Self.suffixes.count) other processes are downloading it already")
  }

  deinit { close(descriptor) }

  /// How many bytes are here.
  func size() throws(DownloadFailure) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.disk(path) }
    return Int(status.st_size)
  }

  /// Adds bytes at the end.
  func append(_ bytes: UnsafeRawBufferPointer) throws(DownloadFailure) {
    var left = bytes[...]
    while !left.isEmpty {
      let count = write(descriptor, UnsafeRawBufferPointer(rebasing: left).baseAddress, left.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw Self.disk(path) }
      left = left.dropFirst(count)
    }
  }

  /// Starts again from nothing.
  func clear() throws(DownloadFailure) {
    guard ftruncate(descriptor, 0) == 0 else { throw Self.disk(path) }
  }

  /// Refuses early if the rest of the file will not fit.
  func requireSpace(for bytes: Int) throws(DownloadFailure) {
    var status = statvfs()
    guard fstatvfs(descriptor, &status) == 0 else { throw Self.disk(path) }
    let free = Int(
      clamping: UInt64(status.f_bavail).multipliedReportingOverflow(
        by: UInt64(status.f_frsize)
      ).partialValue)
    guard free >= bytes else {
      throw .disk(path: path, reason: "the disk is full: \(free) bytes free, \(bytes) needed")
    }
  }

  /// Gives the whole, verified file its final name, and removes parts that dead processes left.
  func publish() throws(DownloadFailure) {
    guard fsync(descriptor) == 0, rename(path, target) == 0 else { throw Self.disk(path) }
    removeLeftovers()
  }

  /// Removes the parts that no living process holds, this one included.
  func discard() {
    unlink(path)
    removeLeftovers()
  }

  private func removeLeftovers() {
    for leftover in Self.suffixes.map({ target + $0 }) where leftover != path {
      let other = open(leftover, O_RDWR | O_CLOEXEC)
      guard other >= 0 else { continue }
      if flock(other, LOCK_EX | LOCK_NB) == 0 { unlink(leftover) }
      close(other)
    }
  }

  /// The file of that name, opened and locked; nil if another process holds it.
  private static func lock(_ path: String) throws(DownloadFailure) -> Int32? {
    // Between opening and locking, the file may have been finished and renamed by its holder: then
    // what is locked is the final file, and must not be written to. A few tries are plenty.
    for _ in 0..<16 {
      let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o644)
      guard descriptor >= 0 else { throw disk(path) }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        close(descriptor)
        return nil
      }
      var (here, there) = (stat(), stat())
      if fstat(descriptor, &here) == 0, stat(path, &there) == 0, here.st_ino == there.st_ino,
        here.st_dev == there.st_dev
      {
        return descriptor
      }
      close(descriptor)
    }
    return nil
  }

  private static func disk(_ path: String) -> DownloadFailure {
    .disk(path: path, reason: String(cString: strerror(errno)).lowercased())
  }
}
