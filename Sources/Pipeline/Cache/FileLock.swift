import Foundation

/// A lock held through an open file: the kernel releases it when the process dies, however it dies,
/// so there is nothing to unlock by hand.
final class FileLock {
  private let descriptor: Int32

  /// Waits for the lock; calls `waiting` once if somebody else holds it.
  ///
  /// Any number of processes may hold a `shared` lock at once, but none beside an exclusive one.
  init(_ path: String, shared: Bool = false, waiting: () -> Void = {}) throws {
    descriptor = try Self.open(path)
    let kind = shared ? LOCK_SH : LOCK_EX
    if flock(descriptor, kind | LOCK_NB) == 0 { return }
    waiting()
    while flock(descriptor, kind) != 0 {
      guard errno == EINTR else {
        throw FileError(operation: "lock", path: path, code: errno)
      }
    }
  }

  /// Takes the lock for itself alone, or gives nil at once if anybody else holds it.
  init?(ifFree path: String) throws {
    descriptor = try Self.open(path)
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0 { return nil }
  }

  deinit { close(descriptor) }

  private static func open(_ path: String) throws -> Int32 {
    try Files.createFolder(Files.parent(of: path))
    let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileError(operation: "lock", path: path, code: errno) }
    return descriptor
  }
}
