import Foundation

/// Sizes, times and places of files: enough to tell that none was touched since they were last read.
///
/// A modification time alone would not do, for any program can set it. Whoever writes a file, or puts
/// another in its place, also changes the time of change or the inode, which no program can set; only
/// within one tick of the clock could that go unseen, so files touched just now are not settled.
struct FileStamps: Sendable {
  /// One hash over all stamps and names.
  let digest: String
  private let names: [String]
  /// When each was last modified, in nanoseconds since 1970; 0 for one that is not there.
  private let modified: [Int]
  private let settled: Int

  /// Looks at files below a folder, in the given order; one that is not there has a stamp too.
  init(_ names: [String], in folder: String? = nil) {
    // Names are looked up from the folder on, which need not be walked to for each.
    let place = folder.map { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) } ?? AT_FDCWD
    defer { if place >= 0 { close(place) } }
    var encoder = TaggedEncoder("stamps")
    var (modified, settled): ([Int], Int) = ([], 0)
    modified.reserveCapacity(names.count)
    for name in names {
      var status = stat()
      guard fstatat(place, name, &status, 0) == 0 else {
        encoder.add(name, "absent")
        modified.append(0)
        continue
      }
      encoder.add(name, status.stamp)
      let modification = status.modified
      modified.append(modification)
      settled = max(settled, Self.settling(status.changed), Self.settling(modification))
    }
    digest = encoder.digest
    self.names = names
    self.modified = modified
    self.settled = settled
  }

  /// The time of the last modification among some of the files.
  func lastModified(_ wanted: [String]) -> Int {
    let wanted = Set(wanted)
    return zip(names, modified).lazy.filter { wanted.contains($0.0) }.map(\.1).max() ?? 0
  }

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
  /// Everything that tells one state of a file from another.
  fileprivate var stamp: SIMD8<Int64> {
    [
      Int64(st_size), Int64(modified), Int64(changed), Int64(bitPattern: UInt64(st_dev)),
      Int64(bitPattern: UInt64(st_ino)), 0, 0, 0,
    ]
  }

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
