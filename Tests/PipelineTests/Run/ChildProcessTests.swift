import Foundation
import Testing

@testable import Pipeline

@Suite("Processes") struct ChildProcessTests {
  @Test func `a log that cannot be written is told and costs no descriptor`() throws {
    let scratch = try ScratchFolder()
    defer { scratch.remove() }
    try scratch.write("", to: "file")
    let before = Files.list("/proc/self/fd").count
    for _ in 0..<40 {
      #expect(throws: FileError.self) {
        _ = try ChildProcess(arguments: [], input: "", log: "\(scratch.path)/file/log")
      }
    }
    #expect(Files.list("/proc/self/fd").count < before + 20)
  }
}
