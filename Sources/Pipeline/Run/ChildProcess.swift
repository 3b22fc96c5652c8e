import Foundation

/// A running stage process: its input is its lifeline, its output carries events, its messages go
/// to a log file.
struct ChildProcess {
  let pid: pid_t
  /// Read end of its standard output.
  let output: Int32
  /// Write end of its standard input; closing it, also by dying, ends the child.
  let lifeline: Int32

  /// Starts this same program again, even if its file has been replaced by a newer build meanwhile.
  init(arguments: [String], input: String, log: String) throws {
    var (inputPipe, outputPipe): ([Int32], [Int32]) = ([0, 0], [0, 0])
    try Self.check(Self.makePipe(&inputPipe), "open a pipe to", log)
    try Self.check(Self.makePipe(&outputPipe), "open a pipe from", log)
    try Files.createFolder((log as NSString).deletingLastPathComponent)
    let messages = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    try Self.check(messages < 0 ? errno : 0, "write", log)

    #if os(Linux)
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
      let program = "/proc/self/exe"
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
      let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, inputPipe[0], 0)
    posix_spawn_file_actions_adddup2(&actions, outputPipe[1], 1)
    posix_spawn_file_actions_adddup2(&actions, messages, 2)
    // A group of its own keeps Ctrl-C for the parent, which then ends its children in order. The
    // parent blocks signals while it watches; the child must not inherit that.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGMASK))

    let words = ([CommandLine.arguments[0]] + arguments).map { strdup($0) }
    defer { words.forEach { free($0) } }
    var started = pid_t()
    let status = posix_spawn(&started, program, &actions, &attributes, words + [nil], environ)
    for descriptor in [inputPipe[0], outputPipe[1], messages] { close(descriptor) }
    try Self.check(status, "start a process of", program)
    pid = started
    output = outputPipe[0]
    lifeline = inputPipe[1]
    send(input)
  }

  private func send(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(lifeline, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      // A child that is already gone is noticed when its output ends.
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Waits for the end; call it once the output has ended.
  ///
  /// Returns nil after a normal exit with its code in `code`, or the number of the signal that
  /// ended the child.
  func wait(code: inout Int32) -> Int32? {
    close(output)
    close(lifeline)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
    let signal = status & 0x7F
    code = (status >> 8) & 0xFF
    return signal == 0 ? nil : signal
  }

  /// Asks the child to end at once.
  func terminate() { kill(pid, SIGKILL) }

  private static func makePipe(_ ends: inout [Int32]) -> Int32 {
    guard pipe(&ends) == 0 else { return errno }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return 0
  }

  private static func check(_ code: Int32, _ operation: String, _ path: String) throws {
    if code != 0 { throw FileError(operation: operation, path: path, code: code) }
  }
}
