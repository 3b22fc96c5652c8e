import Foundation

/// What the answers were made on: the one part of a report that may differ between machines.
///
/// All of it is told by `runs.csv`, not by the machine that writes the report, so that a report can
/// be written again anywhere and is the same.
enum EnvironmentFacts {
  /// Names and values, most telling first.
  static func rows(_ project: Project, _ artifacts: FreshArtifacts) -> [(
    name: String, value: String
  )] {
    let efforts = artifacts.entries.map(\.record.effort)
    let timed = artifacts.entries.filter { $0.record.effort.seconds > 0 }
    let slowest = timed.max { $0.record.effort.seconds < $1.record.effort.seconds }
    let memory = efforts.map(\.peakMemory).max() ?? 0
    let total = Style.duration(timed.map(\.record.effort.seconds).reduce(0, +))
    return [
      ("Profile", project.spec.profile),
      ("Run seed", "\(project.spec.seed)"),
      ("Commit", counted(efforts.map(\.commit))),
      ("Processor", counted(efforts.map(\.machine))),
      (
        "Time of all stages, added up",
        timed.isEmpty
          ? "not kept"
          : timed.count == efforts.count
            ? total : "\(total) for \(timed.count) of \(efforts.count); of the others not kept"
      ),
      (
        "Longest stage",
        slowest.map { "\($0.name), \(Style.duration($0.record.effort.seconds))" } ?? "not kept"
      ),
      ("Largest memory of a stage", memory > 0 ? Style.bytes(memory) : "not kept"),
    ]
  }

  /// The values that occur, the most frequent first, with how many stages each is of if they differ.
  static func counted(_ values: [String?]) -> String {
    let counts = Dictionary(values.map { ($0 ?? "not kept", 1) }, uniquingKeysWith: +)
    let ordered = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    if ordered.count < 2 { return ordered.first?.key ?? "none" }
    return ordered.map { "\($0.key) (\($0.value) \($0.value == 1 ? "stage" : "stages"))" }
      .joined(separator: ", ")
  }

  /// The commit that is checked out in a folder, and whether it was edited; nil if there is none.
  static func commit(in folder: String) -> String? {
    guard let hash = answer(["git", "-C", folder, "rev-parse", "--short=12", "HEAD"]) else {
      return nil
    }
    let sources = ["Sources", "experiments.yaml", "published", "Package.swift"]
    let status = answer(["git", "-C", folder, "status", "--porcelain", "--"] + sources) ?? ""
    return status.isEmpty ? hash : "\(hash) with uncommitted changes"
  }

  /// The processor and how many cores of it may be used.
  static var processor: String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let name = text.split(separator: "\n").first { $0.hasPrefix("model name") }?
      .split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
    return "\(name ?? "unknown"), \(ProcessInfo.processInfo.activeProcessorCount) cores"
  }

  /// What a program prints, or nil if it is not there or fails.
  private static func answer(_ command: [String]) -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return String(decoding: bytes, as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
