import Foundation
import Testing

@testable import Pipeline

/// Runs that are stopped, however roughly, leave nothing behind that the next run could trip over.
@Suite("Interruptions") struct InterruptionTests {
  /// Starts a run of the slow profile and waits until the training is at work.
  private func startSlowRun(
    _ program: Program
  ) throws -> (runner: Process, children: [pid_t], messages: String) {
    let call = try program.process(["all", "--profile", "slow"])
    try call.process.run()
    let runner = call.process.processIdentifier
    let isTraining = try program.wait {
      let text = String(decoding: try Files.read(call.messages), as: UTF8.self)
      return text.contains("maxout: started") && text.contains("✓ softmax")
        && program.processes().contains { $0 != runner }
    }
    let messages = String(decoding: try Files.read(call.messages), as: UTF8.self)
    #expect(isTraining, "no training was seen: \(messages)")
    return (call.process, program.processes().filter { $0 != runner }, call.messages)
  }

  /// What a run that nobody stops gives; of few epochs, which the slow profile's edits lead to.
  private func finish(_ program: Program) throws {
    try program.edit("maximum-epochs: {slow: 10000", "maximum-epochs: {slow: 3")
    let answer = try program("all", "--profile", "slow")
    #expect(answer.code == 0, "\(answer.messages)")
    let calm = try Program()
    try calm.edit("maximum-epochs: {slow: 10000", "maximum-epochs: {slow: 3")
    try calm("all", "--profile", "slow")
    #expect(try program.digests("results") == calm.digests("results"))
    #expect(try program("fsck").messages.contains(" 0 damaged"))
  }

  @Test func `a killed runner takes its children along`() throws {
    let program = try Program()
    let (runner, children, _) = try startSlowRun(program)
    kill(runner.processIdentifier, SIGKILL)
    runner.waitUntilExit()
    #expect(!children.isEmpty)
    let isQuiet = program.wait { program.processes().isEmpty }
    #expect(isQuiet, "still there: \(program.processes())")
    try finish(program)
  }

  @Test func `a killed stage is told, and the next run goes on`() throws {
    let program = try Program()
    let (runner, children, messages) = try startSlowRun(program)
    children.forEach { kill($0, SIGKILL) }
    runner.waitUntilExit()
    #expect(runner.terminationStatus == 1)
    let text = String(decoding: try Files.read(messages), as: UTF8.self)
    #expect(text.contains("✗ maxout: its process was ended by signal 9"), "\(text)")
    #expect(text.contains("- attack: needs maxout"))
    #expect(program.store.latest(profile: "slow", stage: "maxout") == nil, "a failure was kept")
    try finish(program)
  }

  @Test(arguments: [SIGINT, SIGTERM]) func `a signal ends the run in order`(signal: Int32) throws {
    let program = try Program()
    let (runner, _, messages) = try startSlowRun(program)
    kill(runner.processIdentifier, signal)
    runner.waitUntilExit()
    #expect(runner.terminationReason == .exit)
    #expect(runner.terminationStatus == 130)
    let text = String(decoding: try Files.read(messages), as: UTF8.self)
    #expect(text.contains("interrupted after"), "\(text)")
    #expect(!text.contains("✗"), "what was stopped has not failed: \(text)")
    #expect(program.processes().isEmpty)
    try finish(program)
  }

  @Test func `results whose writing was cut short are written again`() throws {
    let program = try Program()
    try program("all")
    let whole = try program.digests("results")
    for cut in 0..<4 {
      Files.remove("\(program.folder)/results")
      let call = try program.process(["all"])
      try call.process.run()
      // Each time a little later: between two files, or before the index.
      _ = program.wait {
        Files.listRecursively("\(program.folder)/results").count > cut * 3
          || !call.process.isRunning
      }
      kill(call.process.processIdentifier, SIGKILL)
      call.process.waitUntilExit()
      let answer = try program("all")
      #expect(answer.code == 0, "\(answer.messages)")
      #expect(try program.digests("results").filter { !Files.isDraft($0.key) } == whole)
    }
  }

  @Test func `what the machine lost of results when it went down is written again`() throws {
    let program = try Program()
    try program("all")
    let whole = try program.digests("results")
    for (i, path) in whole.keys.sorted().enumerated() where i.isMultiple(of: 2) {
      let file = "\(program.folder)/results/\(path)"
      try Files.write(Array(Files.read(file).prefix(i.isMultiple(of: 4) ? 0 : 7)), to: file)
    }
    let answer = try program("all")
    #expect(answer.code == 0, "\(answer.messages)")
    #expect(try program.digests("results") == whole)
  }
}
