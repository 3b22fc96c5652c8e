import Foundation
import Synchronization
import Testing

@testable import Pipeline

/// Something that one thread says and another hears.
private final class Flag: Sendable {
  private let value = Mutex(false)

  var isSet: Bool { value.withLock { $0 } }

  func set() { value.withLock { $0 = true } }
}

@Suite("Files") final class FilesTests {
  private let scratch: ScratchFolder
  private var path: String { "\(scratch.path)/a/b/file" }

  init() throws { scratch = try ScratchFolder() }

  deinit { scratch.remove() }

  @Test func `a written file is whole and leaves no draft`() throws {
    for bytes in [[], [1, 2, 3], [UInt8](repeating: 5, count: 1 << 20)] as [[UInt8]] {
      try Files.write(bytes, to: path)
      #expect(try Files.read(path) == bytes)
      #expect(Files.size(path) == bytes.count)
      #expect(Files.list("\(scratch.path)/a/b") == ["file"])
    }
  }

  @Test func `an update of the same bytes touches nothing`() throws {
    #expect(try Files.update([1], at: path))
    var (before, after) = (stat(), stat())
    stat(path, &before)
    #expect(try !Files.update([1], at: path))
    stat(path, &after)
    #expect(before.st_ino == after.st_ino)
    #expect(try Files.update([2], at: path))
  }

  @Test func `errors name the file and the reason`() throws {
    let missing = #expect(throws: FileError.self) { try Files.read(self.path) }
    #expect(missing?.description == "cannot read ‘\(path)’: No such file or directory")
    try Files.write([1], to: path)
    let inside = #expect(throws: FileError.self) { try Files.write([1], to: "\(self.path)/x") }
    #expect(inside?.description.contains("Not a directory") == true || inside?.code == EEXIST)
    #expect(throws: FileError.self) { try Files.read(self.scratch.path) }
    let full = FileError(operation: "write", path: "f", code: ENOSPC)
    #expect(full.description.contains("free some space"))
  }

  @Test(arguments: [
    ("c", ""), ("c/d", "c"), ("/c", "/"), ("/", "/"), ("a/b/c", "a/b"), ("", ""), ("cc/", ""),
    ("./c", "."),
  ])
  func `the parent of a path of any length`(_ path: String, _ parent: String) {
    #expect(Files.parent(of: path) == parent)
  }

  @Test func `a write that fails leaves no draft and no descriptor`() throws {
    func open() -> Int { Files.list("/proc/self/fd").count }
    let before = open()
    for _ in 0..<50 {
      // A rename onto a folder fails after everything has been written.
      try Files.createFolder("\(path)/inside")
      #expect(throws: FileError.self) { try Files.write([1], to: self.path) }
    }
    #expect(open() < before + 25)
    #expect(Files.list("\(scratch.path)/a/b") == ["file"], "drafts were left")
  }

  @Test func `a reader never sees half a file`() async throws {
    let path = self.path
    let (a, b) = ([UInt8](repeating: 1, count: 200_000), [UInt8](repeating: 2, count: 300_000))
    try Files.write(a, to: path)
    let isDone = Flag()
    try await withThrowingTaskGroup(of: Int.self) { group in
      group.addTask {
        defer { isDone.set() }
        for round in 0..<40 { try Files.write(round % 2 == 0 ? b : a, to: path) }
        return 0
      }
      group.addTask {
        var torn = 0
        repeat {
          let seen = try Files.read(path)
          if seen != a && seen != b { torn += 1 }
        } while !isDone.isSet
        return torn
      }
      for try await torn in group { #expect(torn == 0) }
    }
  }
}

@Suite("Locks") final class FileLockTests {
  private let scratch: ScratchFolder
  private var path: String { "\(scratch.path)/locks/key" }

  init() throws { scratch = try ScratchFolder() }

  deinit { scratch.remove() }

  @Test func `a lock excludes others while it lives`() throws {
    do {
      let lock = try FileLock(path)
      let other = try FileLock(ifFree: path)
      withExtendedLifetime(lock) { #expect(other == nil) }
    }
    let after = try FileLock(ifFree: path)
    #expect(after != nil)
  }

  @Test func `a lock dies with the process that holds it`() throws {
    try Files.write([], to: path)
    let holder = Process()
    holder.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
    holder.arguments = [path, "sleep", "60"]
    try #require(FileManager.default.isExecutableFile(atPath: "/usr/bin/flock"))
    try holder.run()
    while try FileLock(ifFree: path) != nil { usleep(2000) }
    let waited = Flag()
    let pid = holder.processIdentifier
    // `flock` has replaced itself or waits for its child: both hold the descriptor.
    Thread.detachNewThread {
      while !waited.isSet { usleep(1000) }
      for child in Self.family(pid) { kill(child, SIGKILL) }
    }
    let lock = try FileLock(path) { waited.set() }
    withExtendedLifetime(lock) { #expect(waited.isSet) }
    holder.waitUntilExit()
  }

  /// A process and its children.
  private static func family(_ pid: pid_t) -> [pid_t] {
    let text = try? String(contentsOfFile: "/proc/\(pid)/task/\(pid)/children", encoding: .utf8)
    return (text ?? "").split(separator: " ").compactMap { pid_t($0) } + [pid]
  }

  @Test func `settling takes a folder and refuses what is none`() throws {
    let scratch = try ScratchFolder()
    defer { scratch.remove() }
    let path = "\(scratch.path)/a/b"
    #expect(try Files.update([1, 2], at: path, durable: false))
    #expect(try !Files.update([1, 2], at: path, durable: false))
    try Files.settle("\(scratch.path)/a")
    #expect(try Files.read(path) == [1, 2])
    #expect(throws: FileError.self) { try Files.settle("\(scratch.path)/none") }
    #expect(throws: FileError.self) { try Files.settle(path) }
  }
}
