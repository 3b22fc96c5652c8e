import Foundation

/// Sizes, times and places of files: enough to tell that none was touched since they were last read.
///
/// A modification time alone would not do, for any program can set it. Whoever writes a file, or puts
/// another in its place, also changes the time of change or the inode, which no program can set; only
/// within one tick of the clock could that go unseen, so files touched just now are not settled.
struct FileStamps: Sendable {
  /// One hash over all stamps and names.
  let digest: String
  /// When the last of them was modified, in nanoseconds since 1970; by name.
  private let modified: [String: Int]
  private let settled: Int

  /// Looks at files below a folder, in the given order; one that is not there has a stamp too.
  init(_ names: [String], in folder: String? = nil) {
    var encoder = TaggedEncoder("stamps")
    var (modified, settled): ([String: Int], Int) = ([:], 0)
    for name in names {
      var status = stat()
      guard stat(folder.map { "\($0)/\(name)" } ?? name, &status) == 0 else {
        encoder.add(name, "absent")
        continue
      }
      let (change, modification) = (status.changed, status.modified)
      encoder.add(
        name, "\(status.st_size) \(modification) \(change) \(status.st_dev) \(status.st_ino)")
      modified[name] = modification
      settled = max(settled, Self.settling(change), Self.settling(modification))
    }
    digest = encoder.digest
    self.modified = modified
    self.settled = settled
  }

  /// The time of the last modification among some of the files.
  func lastModified(_ names: [String]) -> Int { names.compactMap { modified[$0] }.max() ?? 0 }

  /// Whether all times are so far in the past that a later change cannot have the same ones.
  func isSettled(at now: Int) -> Bool { settled < now }

  /// When a change must have another time than the given one: after a few ticks of the kernel, or two
  /// seconds where a time without fractions hints at a file system with a coarse clock.
  private static func settling(_ time: Int) -> Int {
    time + (time.isMultiple(of: 1_000_000_000) ? 2_000_000_000 : 25_000_000)
  }

  /// The time, in nanoseconds since 1970.
  static var now: Int { Int(Date().timeIntervalSince1970 * 1e9) }
}

extension stat {
  /// When the content was last modified, in nanoseconds since 1970.
  fileprivate var modified: Int {
    #if os(Linux)
      st_mtim.tv_sec * 1_000_000_000 + st_mtim.tv_nsec
    #else
      st_mtimespec.tv_sec * 1_000_000_000 + st_mtimespec.tv_nsec
    #endif
  }

  /// When anything about it was last changed, in nanoseconds since 1970.
  fileprivate var changed: Int {
    #if os(Linux)
      st_ctim.tv_sec * 1_000_000_000 + st_ctim.tv_nsec
    #else
      st_ctimespec.tv_sec * 1_000_000_000 + st_ctimespec.tv_nsec
    #endif
  }
}
