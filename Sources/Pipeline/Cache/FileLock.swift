import Foundation

/// A lock held through an open file: the kernel releases it when the process dies, however it dies,
/// so there is nothing to unlock by hand.
final class FileLock {
  private let descriptor: Int32

  /// Waits for the lock; calls `waiting` once if somebody else holds it.
  init(_ path: String, waiting: () -> Void = {}) throws {
    try Files.createFolder((path as NSString).deletingLastPathComponent)
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileError(operation: "lock", path: path, code: errno) }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
    waiting()
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else {
        throw FileError(operation: "lock", path: path, code: errno)
      }
    }
  }

  deinit { close(descriptor) }
}
