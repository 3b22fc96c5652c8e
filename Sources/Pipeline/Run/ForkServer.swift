import Contract
import Foundation
import Papers

/// A process of this program that has started up once and becomes stage after stage by forking.
///
/// Each stage still is a process of its own, and starts in a millisecond instead of the thirty that the
/// linker needs for a program with sixty libraries. The server is told what to do on its input, one
/// line a request, and answers on its output:
///
/// ```
/// fork PID IN OUT LOG   fork a stage; the numbers are descriptors of the process PID → its own PID
/// wait PID              wait for the end of a stage                                    → its status
/// ```
///
/// It has one thread only and does nothing but this, so that a fork is safe.
enum ForkServer {
  /// The word that starts it.
  static let word = "stages"

  /// Serves until its input ends, which it does when the parent dies.
  static func main() -> ExitCode {
    warmUp()
    while let request = Line.read(from: STDIN_FILENO) {
      let words = request.split(separator: " ")
      let numbers = words.dropFirst().compactMap { Int32($0) }
      switch (words.first, numbers.count) {
      case ("fork", 4): Line.write("\(fork(numbers) ?? -1)", to: STDOUT_FILENO)
      case ("wait", 1):
        var status: Int32 = 0
        while waitpid(numbers[0], &status, 0) < 0 && errno == EINTR {}
        Line.write("\(status)", to: STDOUT_FILENO)
      default: return .internalError
      }
    }
    return .good
  }

  /// Forks a stage whose ends of pipes and log are descriptors of the process that asks.
  private static func fork(_ numbers: [Int32]) -> pid_t? {
    let modes = [O_RDONLY, O_WRONLY, O_WRONLY | O_APPEND]
    let ends = zip(numbers.dropFirst(), modes).map { number, mode in
      open("/proc/\(numbers[0])/fd/\(number)", mode | O_CLOEXEC)
    }
    defer { for end in ends where end >= 0 { close(end) } }
    guard ends.allSatisfy({ $0 >= 0 }), let pid = systemFork() else { return nil }
    if pid == 0 {
      setpgid(0, 0)
      for (place, end) in ends.enumerated() { dup2(end, Int32(place)) }
      for end in ends { close(end) }
      exit(StageProcess.main().rawValue)
    }
    return pid > 0 ? pid : nil
  }

  /// The system's own `fork`, which the Swift overlay hides because most programs have threads.
  private static func systemFork() -> pid_t? {
    typealias Function = @convention(c) () -> pid_t
    guard let symbol = dlsym(nil, "fork") else { return nil }
    return unsafeBitCast(symbol, to: Function.self)()
  }

  /// Does once what every stage would otherwise do anew: finding kinds, reading a job and records, and
  /// turning artifacts into bytes and back.
  private static func warmUp() {
    let kinds = Catalog.kinds.map { $0.kind }
    let code = CodeFingerprint(digest: SHA256.hex(of: Array(kinds.joined().utf8)))
    let parts = KeyParts(
      kind: kinds[0], options: [.init(path: "a", value: "1")],
      inputs: [.init(slot: "a", stage: "b", digest: "c")], seed: "1", code: code)
    let job = StageJob(
      name: "a", parts: parts, options: ["a": .list([.int(1), .double(0.5), .string("b")])],
      inputs: [.init(slot: "a", stage: "b", recordKey: "c")], runSeed: 1, stage: "a",
      replicate: 1, threads: 1, dataFolders: [], cache: "", force: false)
    _ = (try? JSON.parse(job.json.text())).flatMap(StageJob.init)
    let artifacts: [Artifact] = [
      .table(
        Table(caption: "", columns: [.init("a", "a")], rows: [[.proportion(hits: 1, total: 2)]])),
      .plot(
        Plot(
          caption: "", title: "", xLabel: "", yLabel: "",
          series: [.init("a", points: [.init(x: 0, y: 1)])])),
      .tensors(TensorBundle(["a": NumericArray(shape: [1], .float32([1]))])),
    ]
    for artifact in artifacts { _ = try? Artifact(stored: artifact.stored) }
    let record = Record(
      key: parts.key, stage: "a", parts: parts,
      artifacts: [.init(name: "a", form: .table, digest: code.digest, size: 1)],
      conditions: ["a": "b"], deviations: [Deviation("a", because: "b")],
      effort: .init(seconds: 1, peakMemory: 1, threads: 1, finished: 1), acceptedFrom: nil)
    _ = Record(bytes: record.bytes)
    _ = StageEvent(line: Array(StageEvent.progress(Progress(1, of: 2, unit: "a")).line.utf8))
    _ = StageEvent.computed.line
  }
}

/// A running fork server, as the run sees it.
final class ForkServerConnection {
  private let server: ChildProcess

  /// Starts a server; its messages go to a log file.
  init(log: String) throws {
    // What the linker does now, no stage has to do.
    server = try ChildProcess(
      arguments: [ForkServer.word], input: "", log: log, variables: ["LD_BIND_NOW=1"])
  }

  deinit { _ = server.wait() }

  /// Forks a stage with the given ends of pipes and log; nil if the server cannot.
  func fork(input: Int32, output: Int32, log: Int32) -> pid_t? {
    ask("fork \(getpid()) \(input) \(output) \(log)").flatMap { $0 > 0 ? $0 : nil }
  }

  /// The status of a stage that has ended; that of a killed one if the server is gone.
  func wait(for pid: pid_t) -> Int32 { ask("wait \(pid)") ?? SIGKILL }

  private func ask(_ request: String) -> Int32? {
    server.send(request + "\n")
    return Line.read(from: server.output).flatMap { Int32($0) }
  }
}

/// Short lines over pipes.
private enum Line {
  /// Reads up to the end of a line; nil if there is none any more.
  static func read(from descriptor: Int32) -> String? {
    var (line, byte): ([UInt8], UInt8) = ([], 0)
    while true {
      let count = Foundation.read(descriptor, &byte, 1)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return nil }
      if byte == Ascii.newline { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
  }

  /// Writes a line; it is short enough to go out whole.
  static func write(_ text: String, to descriptor: Int32) {
    let bytes = Array((text + "\n").utf8)
    while Foundation.write(descriptor, bytes, bytes.count) < 0 && errno == EINTR {}
  }
}
