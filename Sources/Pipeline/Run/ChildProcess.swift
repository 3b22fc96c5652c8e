import Foundation

/// A running stage process: its input is its lifeline, its output carries events, its messages go
/// to a log file.
struct ChildProcess: RunningStage {
  let pid: pid_t
  /// Read end of its standard output.
  let output: Int32
  /// Write end of its standard input; closing it, also by dying, ends the child.
  let lifeline: Int32
  private let server: ForkServerConnection?

  /// Starts this same program again, even if its file has been replaced by a newer build meanwhile, or
  /// has a `server` fork it; `variables` such as `NAME=value` are added to the environment of the former.
  init(
    arguments: [String], input: String, log: String, server: ForkServerConnection? = nil,
    variables: [String] = []
  ) throws {
    try Files.createFolder(Files.parent(of: log))
    let messages = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o644)
    try Self.check(messages < 0 ? errno : 0, "write", log)
    defer { close(messages) }
    let (inputEnd, lifeline) = try Self.makePipe(for: log)
    defer { close(inputEnd) }
    var isStarted = false
    defer { if !isStarted { close(lifeline) } }
    let (output, outputEnd) = try Self.makePipe(for: log)
    defer { close(outputEnd) }
    defer { if !isStarted { close(output) } }

    let forked = server?.fork(input: inputEnd, output: outputEnd, log: messages)
    pid = try forked ?? Self.spawn(arguments, [inputEnd, outputEnd, messages], variables)
    self.server = forked == nil ? nil : server
    isStarted = true
    self.output = output
    self.lifeline = lifeline
    send(input)
  }

  /// Starts this program with the given descriptors as its input, output and messages.
  private static func spawn(
    _ arguments: [String], _ descriptors: [Int32], _ variables: [String]
  ) throws -> pid_t {
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
    for (place, descriptor) in descriptors.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(place))
    }
    // A group of its own keeps Ctrl-C for the parent, which then ends its children in order. The
    // parent blocks signals while it watches; the child must not inherit that.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGMASK))

    let words = ([CommandLine.arguments[0]] + arguments).map { strdup($0) }
    var environment = variables.map { strdup($0) }
    let added = environment
    defer { for text in words + added { free(text) } }
    var inherited = environ
    while let entry = inherited.pointee {
      environment.append(entry)
      inherited += 1
    }
    var started = pid_t()
    let status = posix_spawn(
      &started, program, &actions, &attributes, words + [nil], environment + [nil])
    try check(status, "start a process of", program)
    return started
  }

  /// Writes to its input.
  func send(_ text: String) {
    // A child that was killed at once must not take this process along when it is written to.
    var (broken, old) = (sigset_t(), sigset_t())
    sigemptyset(&broken)
    sigaddset(&broken, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &broken, &old)
    defer { pthread_sigmask(SIG_SETMASK, &old, nil) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(lifeline, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        // That it is gone is noticed when its output ends; the signal is taken here.
        var (pending, taken) = (sigset_t(), Int32(0))
        sigpending(&pending)
        if sigismember(&pending, SIGPIPE) == 1 { sigwait(&broken, &taken) }
        return
      }
      rest = rest.dropFirst(count)
    }
  }

  /// Waits for the end and closes both pipes.
  func wait() -> StageEnd {
    close(output)
    close(lifeline)
    let status = server.map { $0.wait(for: pid) } ?? Self.status(of: pid)
    let signal = status & 0x7F
    return signal == 0 ? .exit((status >> 8) & 0xFF) : .signal(signal)
  }

  private static func status(of pid: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
    return status
  }

  /// Asks the child to end at once.
  func terminate() { kill(pid, SIGKILL) }

  private static func makePipe(for log: String) throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    try check(pipe(&ends) == 0 ? 0 : errno, "open a pipe for", log)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  private static func check(_ code: Int32, _ operation: String, _ path: String) throws {
    if code != 0 { throw FileError(operation: operation, path: path, code: code) }
  }
}
