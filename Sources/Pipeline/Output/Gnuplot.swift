import Foundation

/// gnuplot is missing, or refused a script.
struct GnuplotError: Error, Hashable, CustomStringConvertible {
  /// What happened, and what to do about it.
  let description: String
}

/// The `gnuplot` program.
struct Gnuplot: Sendable {
  /// Where it lies.
  let executable: String

  /// Looks for the program in a list of folders separated by colons, such as `PATH`.
  init(searchPath: String) throws(GnuplotError) {
    let candidates = searchPath.split(separator: ":").map { "\($0)/gnuplot" }
    guard
      let found = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0) })
    else {
      throw GnuplotError(
        description: "gnuplot was not found in PATH; ./bootstrap installs it (package gnuplot-nox)")
    }
    executable = found
  }

  /// Writes `name.gp`, `name.csv` and `name.png` into a folder that exists.
  func draw(_ files: GnuplotScript, name: String, in folder: String) throws {
    let base = URL(fileURLWithPath: folder, isDirectory: true)
    try Data(files.data.utf8).write(to: base.appendingPathComponent("\(name).csv"))
    try Data(files.script.utf8).write(to: base.appendingPathComponent("\(name).gp"))
    try run(script: "\(name).gp", in: folder)
  }

  /// Runs a script that lies in a folder, from within that folder.
  func run(script: String, in folder: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    // -d: no start-up files, so that a person's own gnuplot settings change no picture.
    process.arguments = ["-d", script]
    process.currentDirectoryURL = URL(fileURLWithPath: folder, isDirectory: true)
    process.environment = ProcessInfo.processInfo.environment.merging(["LC_ALL": "C.UTF-8"]) {
      $1
    }
    let complaints = Pipe()
    process.standardError = complaints
    process.standardOutput = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let said = complaints.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      let words = String(decoding: said, as: UTF8.self)
        .trimmingCharacters(in: .whitespacesAndNewlines)
      throw GnuplotError(
        description:
          "gnuplot failed on \(folder)/\(script) (\(process.terminationStatus)): \(words)")
    }
  }
}
