import Foundation
import Testing

@testable import Pipeline

#if os(Linux)
  @Suite("Forking stages") struct ForkServerTests {
    /// A running server with two pipes to it.
    private struct Server {
      let process: Process
      private let requests = Pipe()
      private let answers = Pipe()

      init(_ program: Program) throws {
        process = try program.process([ForkServer.word]).process
        process.arguments = [ForkServer.word]
        process.standardInput = requests
        process.standardOutput = answers
        try process.run()
      }

      func ask(_ request: String) throws -> Int32? {
        try requests.fileHandleForWriting.write(contentsOf: Data((request + "\n").utf8))
        var text = ""
        while let byte = try answers.fileHandleForReading.read(upToCount: 1),
          byte != Data("\n".utf8)
        {
          text += String(decoding: byte, as: UTF8.self)
        }
        return Int32(text)
      }

      /// Closes its input, and gives its exit code.
      func end() throws -> Int32 {
        try requests.fileHandleForWriting.close()
        process.waitUntilExit()
        return process.terminationStatus
      }
    }

    @Test func `a stage is forked with its own ends of pipes, log and exit code`() throws {
      let program = try Program()
      let server = try Server(program)
      let (input, output) = (Pipe(), Pipe())
      let log = "\(program.folder)/log"
      let messages = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
      let ends = [
        input.fileHandleForReading.fileDescriptor, output.fileHandleForWriting.fileDescriptor,
        messages,
      ].map(String.init).joined(separator: " ")
      let pid = try #require(try server.ask("fork \(getpid()) \(ends)"))
      #expect(pid > 0)
      try output.fileHandleForWriting.close()
      try input.fileHandleForWriting.write(contentsOf: Data("no job\n".utf8))
      let said = try output.fileHandleForReading.readToEnd() ?? Data()
      #expect(
        StageEvent(line: said.dropLast())
          == .failed(.internalError, message: "the stage process was given no job"))
      #expect(try server.ask("wait \(pid)") == ExitCode.internalError.rawValue << 8)
      #expect(try server.end() == 0)
      close(messages)
    }

    @Test func `what cannot be opened is not forked, and nonsense ends the server`() throws {
      let server = try Server(try Program())
      #expect(try server.ask("fork \(getpid()) 9998 9998 9998") == -1)
      #expect(try server.ask("fork x") == nil)
      #expect(try server.end() == ExitCode.internalError.rawValue)
    }
  }
#endif
