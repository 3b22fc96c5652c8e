import Foundation

/// A file operation that the system refused; exit code 74.
struct FileError: Error, CustomStringConvertible {
  /// What was tried, such as `write`.
  let operation: String
  /// The file or folder.
  let path: String
  /// The system's reason, an `errno`.
  let code: Int32

  var description: String {
    let reason = String(cString: strerror(code))
    let hint =
      switch code {
      case ENOSPC, EDQUOT: "; free some space and run again, what is finished is kept"
      case EACCES, EPERM, EROFS: "; check who owns it"
      default: ""
      }
    return "cannot \(operation) ‘\(path)’: \(reason)\(hint)"
  }
}

/// Files that are complete or not there: written beside their place, synced, renamed.
enum Files {
  /// The whole content of a file.
  static func read(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(operation: "read", path: path, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw FileError(operation: "read", path: path, code: errno)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileError(operation: "read", path: path, code: EISDIR)
    }
    let size = Int(status.st_size)
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      while filled < size {
        let got = Foundation.read(descriptor, buffer.baseAddress.map { $0 + filled }, size - filled)
        if got < 0 && errno == EINTR { continue }
        if got <= 0 {
          failure = got < 0 ? errno : 0
          return
        }
        filled += got
      }
    }
    guard failure == 0 else { throw FileError(operation: "read", path: path, code: failure) }
    return bytes
  }

  /// What follows a file's name while it is being written.
  private static let draftMark = ".draft-"

  /// Whether a name is that of an unfinished file, left by a process that was killed.
  static func isDraft(_ name: String) -> Bool { name.contains(draftMark) }

  /// Puts a file in place by one rename.
  ///
  /// After a crash at any instruction the old file or the new one is there, whole. What is only a hint
  /// need not be `durable`: it may be lost or empty when the machine itself goes down.
  static func write(_ bytes: [UInt8], to path: String, durable: Bool = true) throws {
    let folder = parent(of: path)
    try createFolder(folder)
    let draft = "\(path)\(draftMark)\(getpid())-\(UInt32.random(in: 0 ... .max))"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileError(operation: "write", path: path, code: errno) }
    do {
      do {
        // Closed whatever happens: a full disk must not cost a descriptor as well.
        defer { close(descriptor) }
        try writeAll(bytes, to: descriptor, path: path)
        guard !durable || fsync(descriptor) == 0 else {
          throw FileError(operation: "write", path: path, code: errno)
        }
      }
      guard rename(draft, path) == 0 else {
        throw FileError(operation: "write", path: path, code: errno)
      }
    } catch {
      unlink(draft)
      throw error
    }
    if durable { syncFolder(folder) }
  }

  /// Writes only if the content differs, so that times of unchanged results stay as they are.
  ///
  /// Returns whether anything was written.
  @discardableResult
  static func update(_ bytes: [UInt8], at path: String, durable: Bool = true) throws -> Bool {
    if let old = try? read(path), old == bytes { return false }
    try write(bytes, to: path, durable: durable)
    return true
  }

  /// Gives a whole file its place by one rename within a file system.
  static func move(_ path: String, to place: String) throws {
    guard rename(path, place) == 0 else {
      throw FileError(operation: "write", path: place, code: errno)
    }
  }

  /// Makes durable at once whatever was written into the file system of a folder: for thousands of
  /// files that takes less than a hundredth of the time that one after the other would.
  static func settle(_ folder: String) throws {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(operation: "write", path: folder, code: errno) }
    defer { close(descriptor) }
    // Only Linux has it, and its headers hide it from Swift.
    typealias Function = @convention(c) (Int32) -> Int32
    guard let symbol = dlsym(nil, "syncfs") else { return sync() }
    guard unsafeBitCast(symbol, to: Function.self)(descriptor) == 0 else {
      throw FileError(operation: "write", path: folder, code: errno)
    }
  }

  /// The folder that a path lies in: empty for a name alone, `/` for what lies at the root.
  ///
  /// Foundation’s own `deletingLastPathComponent` traps on names of one letter (Swift 6.3 on Linux).
  static func parent(of path: String) -> String {
    let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Makes a folder and those above it; an existing one is fine.
  static func createFolder(_ path: String) throws {
    if path.isEmpty || isFolder(path) { return }
    try createFolder(parent(of: path))
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
      throw FileError(operation: "create the folder", path: path, code: errno)
    }
  }

  /// Whether a folder is there.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The size of a regular file, or nil if there is none.
  static func size(_ path: String) -> Int? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// The names in a folder, sorted; empty if it is not there.
  static func list(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  /// Every file below a folder, as sorted paths relative to it.
  static func listRecursively(_ folder: String) -> [String] {
    ((try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? [])
      .filter { !isFolder("\(folder)/\($0)") }.sorted()
  }

  /// Removes a file or a folder with all it holds; nothing there is fine.
  static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

  private static func writeAll(_ bytes: [UInt8], to descriptor: Int32, path: String) throws {
    try bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let count = Foundation.write(
          descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { throw FileError(operation: "write", path: path, code: errno) }
        written += count
      }
    }
  }

  /// Makes the rename itself durable; some file systems refuse this, and lose only time by it.
  private static func syncFolder(_ folder: String) {
    let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
