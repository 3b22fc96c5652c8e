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

  /// Begins to draw many scripts in one process, each from within a folder of its own below `folder`.
  ///
  /// Between two of them everything is set back, so that none sees what another has set.
  func begin(_ pictures: [Pictures.Wanted], in folder: String) throws -> Drawings {
    var commands = ""
    for (place, picture) in pictures.enumerated() {
      let inner = "\(folder)/\(place)"
      try Files.createFolder(inner)
      try Files.write(
        Array(picture.script.data.utf8), to: "\(inner)/\(picture.name).csv", durable: false)
      try Files.write(
        Array(picture.script.script.utf8), to: "\(inner)/\(picture.name).gp", durable: false)
      commands += "cd '\(place)'\nload \(GnuplotScript.quote("\(picture.name).gp"))\nset output\n"
      commands += "reset session\ncd '..'\n"
    }
    try Files.write(Array(commands.utf8), to: "\(folder)/all.gp", durable: false)
    let process = process("all.gp", in: folder)
    process.standardError = FileHandle.nullDevice
    try process.run()
    return Drawings(
      process: process,
      files: pictures.enumerated().map { "\(folder)/\($0)/\($1.name).png" })
  }

  /// Pictures that are being drawn by one process.
  struct Drawings {
    fileprivate let process: Process
    /// Where they will be.
    let files: [String]

    /// Waits until all are drawn; false if any could not be.
    func end() -> Bool {
      process.waitUntilExit()
      return process.terminationReason == .exit && process.terminationStatus == 0
    }
  }

  private func process(_ script: String, in folder: String) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    // -d: no start-up files, so that a person's own gnuplot settings change no picture.
    process.arguments = ["-d", script]
    process.currentDirectoryURL = URL(fileURLWithPath: folder, isDirectory: true)
    process.environment = ProcessInfo.processInfo.environment.merging(["LC_ALL": "C.UTF-8"]) {
      $1
    }
    process.standardOutput = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    return process
  }

  /// Runs a script that lies in a folder, from within that folder.
  func run(script: String, in folder: String) throws {
    let process = process(script, in: folder)
    let complaints = Pipe()
    process.standardError = complaints
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
