import Contract
import Foundation
import Synchronization
import Testing

@testable import Pipeline

/// The built program, run on a project of its own in a scratch folder: a few synthetic digits, a
/// training of milliseconds and an attack.
final class Program: Sendable {
  /// What one call left behind.
  struct Answer: Sendable {
    let code: Int32
    let output: String
    let messages: String
  }

  let folder: String
  var cache: String { "\(folder)/cache" }
  var store: Store { Store(folder: cache) }
  private let executable: String

  /// A fresh project.
  init(default profile: String = "tiny") throws {
    let products = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    var places = [products.appending(path: "pipeline").path]
    if let test = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
      places.append((test as NSString).deletingLastPathComponent + "/pipeline")
    }
    places += ["debug", "release"].map { "\(SourceTree.root)/.build/\($0)/pipeline" }
    executable = try #require(
      places.first { FileManager.default.isExecutableFile(atPath: $0) },
      "the program was not built; looked for \(places)")
    folder = try ScratchFolder().path
    try Files.createFolder(cache)
    try write(spec: Self.spec.replacing("PROFILE", with: profile))
    try write(page: Self.page)
    let published = "\(SourceTree.root)/published/goodfellow2015.csv"
    try Files.write(Files.read(published), to: "\(folder)/published/goodfellow2015.csv")
  }

  deinit { Files.remove(folder) }

  func write(spec: String) throws { try Files.write(Array(spec.utf8), to: specPath) }

  var specPath: String { "\(folder)/experiments.yaml" }

  var pagePath: String { "\(folder)/papers/goodfellow2015.md" }

  func write(page: String) throws { try Files.write(Array(page.utf8), to: pagePath) }

  func edit(page old: String, _ new: String) throws {
    let text = String(decoding: try Files.read(pagePath), as: UTF8.self)
    try #require(text.contains(old))
    try write(page: text.replacing(old, with: new))
  }

  func edit(_ old: String, _ new: String) throws {
    let text = String(decoding: try Files.read(specPath), as: UTF8.self)
    try #require(text.contains(old))
    try write(spec: text.replacing(old, with: new))
  }

  /// A process of the program, not yet started.
  func process(
    _ words: [String], environment: [String: String] = [:]
  ) throws -> (process: Process, output: String, messages: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments =
      words.prefix(1) + ["--spec", specPath, "--cache", cache] + words.dropFirst()
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    var all = ProcessInfo.processInfo.environment
    for name in ["PIPELINE_DATA", "PIPELINE_CACHE", "NO_COLOR"] { all[name] = nil }
    all["XDG_CACHE_HOME"] = "\(folder)/home"
    process.environment = all.merging(environment) { $1 }
    let mark = "\(folder)/\(UUID().uuidString)"
    let files = ["\(mark).out", "\(mark).err"]
    for file in files { try Files.write([], to: file) }
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: files[0]))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: files[1]))
    process.standardInput = FileHandle.nullDevice
    return (process, files[0], files[1])
  }

  /// Runs the program to its end.
  @discardableResult
  func callAsFunction(_ words: String..., environment: [String: String] = [:]) throws -> Answer {
    let (process, output, messages) = try process(words, environment: environment)
    try process.run()
    process.waitUntilExit()
    return Answer(
      code: process.terminationStatus,
      output: String(decoding: try Files.read(output), as: UTF8.self),
      messages: String(decoding: try Files.read(messages), as: UTF8.self))
  }

  /// The digests of everything below a folder of the project, by path, but for when and where the
  /// stages ran.
  func digests(_ name: String) throws -> [String: String] {
    var digests: [String: String] = [:]
    for path in Files.listRecursively("\(folder)/\(name)") where !path.hasSuffix("/runs.csv") {
      var text = try Files.read("\(folder)/\(name)/\(path)")
      if path.hasSuffix("report.md") { text = Self.withoutEnvironment(text) }
      digests[path] = SHA256.hex(of: text)
    }
    return digests
  }

  /// A report without the one section that may differ from run to run.
  private static func withoutEnvironment(_ bytes: [UInt8]) -> [UInt8] {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let begin = text.range(of: "\n## Environment") else { return bytes }
    let end = text.range(of: "\n## ", range: begin.upperBound..<text.endIndex)
    return Array((text[..<begin.lowerBound] + text[(end?.lowerBound ?? text.endIndex)...]).utf8)
  }

  /// Processes whose parent was started in this project, by their working folder.
  func processes() -> [pid_t] {
    Files.list("/proc").compactMap { pid_t($0) }.filter { pid in
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/cwd")) == folder
    }
  }

  /// Waits, ten seconds at most, until something holds.
  func wait(until holds: () throws -> Bool) rethrows -> Bool {
    for _ in 0..<5000 {
      if try holds() { return true }
      usleep(2000)
    }
    return false
  }

  private static let spec = """
    version: 2
    seed: 5
    default-profile: PROFILE
    profiles: [tiny, demo, real, slow]
    recipes:
      training: {objective: clean, watch: [clean], sequel: none, learn-from: training, accuracy-of: [],
        recipe: gradient-descent, batch: 20, learning-rate: 0.1, learning-rate-divisor: 1,
        first-momentum: 0.5, last-momentum: 0.5, momentum-epochs: 1, norm-cap: 0,
        stop: patience, patience: 2, maximum-epochs: 2}
    stages:
      digits:
        kind: {real: mnist, default: synthetic-digits}
        options:
          real: {validation: 10000}
          default: {train: 100, validation: 20, test: 20}
      softmax:
        kind: train
        like: training
        inputs: {data: digits}
        options: {network: softmax-regression}
      maxout:
        kind: train
        like: training
        inputs: {data: digits}
        options: {network: maxout, units: 4, pieces: 2, input-keep: 0.8, hidden-keep: 0.5,
          initial-range: 0.05, head: softmax,
          patience: {slow: 10000, default: 2}, maximum-epochs: {slow: 10000, default: 2}}
      attack:
        kind: craft
        inputs: {data: digits, models: [softmax, maxout]}
        options: {attack: {kind: fgsm, norm: linf, epsilon: 0.25, clip: false},
          criterion: {kind: misclassification}, images: 1000, examples: 10, training-error: true}
    claims:
      goodfellow2015.softmax.fgsm_0.25.error_rate:
        {stage: attack, table: attack, where: {model: softmax}, column: error_rate}
    papers: [goodfellow2015]
    """

  private static let page = """
    # Explaining and Harnessing Adversarial Examples

    2014.

    ## Section 4

    A tiny one.

    {{table attack/attack}}

    """
}
