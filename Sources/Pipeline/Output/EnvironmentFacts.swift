import Foundation
import Kernels

/// What a run happened on: the one part of a report that may differ between machines.
enum EnvironmentFacts {
  /// Names and values, most telling first.
  static func rows(_ project: Project, _ artifacts: FreshArtifacts) -> [(
    name: String, value: String
  )] {
    let efforts = artifacts.entries.map(\.record.effort)
    let slowest = artifacts.entries.max { $0.record.effort.seconds < $1.record.effort.seconds }
    return [
      ("Profile", project.spec.profile),
      ("Run seed", "\(project.spec.seed)"),
      ("Commit", commit(in: project.root) ?? "unknown (not a Git checkout)"),
      ("Toolchain", toolchain(project.store)),
      ("Processor", processor),
      ("Vector path", Workspace(threads: 1).simd.rawValue),
      ("Operating system", operatingSystem),
      (
        "Time of all stages, added up",
        Style.duration(efforts.map(\.seconds).reduce(0, +))
      ),
      (
        "Longest stage",
        slowest.map { "\($0.name), \(Style.duration($0.record.effort.seconds))" } ?? "none"
      ),
      ("Largest memory of a stage", Style.bytes(efforts.map(\.peakMemory).max() ?? 0)),
    ]
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

  /// The compiler's name, asked once and then remembered beside the cache.
  private static func toolchain(_ store: Store) -> String {
    let note = "\(store.folder)/builds/toolchain"
    if let known = try? Files.read(note), !known.isEmpty {
      return String(decoding: known, as: UTF8.self)
    }
    let line = answer(["swift", "--version"])?.split(separator: "\n").first.map(String.init)
    guard let line else { return "unknown" }
    _ = try? Files.write(Array(line.utf8), to: note)
    return line
  }

  /// The processor and how many cores of it may be used.
  static var processor: String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let name = text.split(separator: "\n").first { $0.hasPrefix("model name") }?
      .split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
    return "\(name ?? "unknown"), \(ProcessInfo.processInfo.activeProcessorCount) cores"
  }

  private static var operatingSystem: String {
    let text = (try? String(contentsOfFile: "/etc/os-release", encoding: .utf8)) ?? ""
    let name = text.split(separator: "\n").first { $0.hasPrefix("PRETTY_NAME=") }?
      .dropFirst("PRETTY_NAME=".count).trimmingCharacters(in: CharacterSet(charactersIn: "\""))
    return name ?? ProcessInfo.processInfo.operatingSystemVersionString
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
