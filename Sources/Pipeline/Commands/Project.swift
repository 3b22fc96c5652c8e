import Foundation
import Papers

/// Everything a command works on: the spec in one profile, its graph, the store, and the places.
struct Project: Sendable {
  /// The spec, with the profile's and the command line's overrides.
  let spec: Spec
  /// The stages to run.
  let graph: StageGraph
  /// The answers so far.
  var store: Store
  /// What the papers say; empty where the spec has no `published/` beside it.
  let published: [PublishedClaim]
  /// The folder of the spec, where `published/` lies.
  let root: String
  /// Where `results/` and `report/` go.
  var output: String
  /// Folders with original data files.
  let dataFolders: [String]
  /// How runs share the machine.
  let jobs: Int
  let threads: Int

  /// Opens what a call names; `profile` overrides the call's.
  ///
  /// `asWritten` leaves out what the call changes: `--set` and `--seed`.
  init(_ call: Call, profile: String? = nil, asWritten: Bool = false) throws {
    let environment = ProcessInfo.processInfo.environment
    let path = try call.value("--spec") ?? Self.findSpec()
    let folder = Files.parent(of: path)
    root = folder.isEmpty ? "." : folder
    output = call.value("--output") ?? root
    store = Store(
      folder: call.value("--cache") ?? environment["PIPELINE_CACHE"] ?? "\(root)/.cache")
    let source = try SourceText(name: path, bytes: Files.read(path))
    let settings = asWritten ? [] : call.all("--set")
    let overrides = try settings.map { text throws(UsageError) in
      guard let equals = text.firstIndex(of: "=") else {
        throw UsageError(message: "‘--set \(text)’ has no value", hint: "write --set PATH=VALUE")
      }
      return (path: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
    }
    let seed = asWritten ? nil : try call.number("--seed", in: 0...Int.max).map(UInt64.init)
    let claims = "\(root)/published"
    published = Files.isFolder(claims) ? try PublishedClaims.load(folder: claims) : []
    spec = try Spec.load(
      source, profile: profile ?? call.value("--profile"), overrides: overrides, seed: seed,
      claims: published.map(\.id), pages: Self.pages(beside: root))
    try spec.validate(kinds: Catalog.kinds.map(KindInfo.init))
    try spec.check(against: published)
    let code = BuiltCode(
      root: Self.sourceRoot, executable: Self.executable, notes: "\(store.folder)/builds")
    if let reason = code.fallbackReason, !call.has("--quiet") {
      Console.say("pipeline: the program's own bytes stand for its code, because \(reason)")
    }
    graph = try StageGraph(spec, code: code)
    dataFolders = Self.dataFolders(call, environment)
    let cores = max(1, ProcessInfo.processInfo.activeProcessorCount)
    jobs = try call.number("--jobs", in: 1...1024) ?? cores
    threads = try call.number("--threads", in: 1...1024) ?? cores
  }

  /// The papers' pages, from the folder beside the spec.
  static func pages(beside root: String) -> (String) -> SourceText? {
    { name in
      let path = "\(root)/papers/\(name).md"
      return (try? Files.read(path)).map { SourceText(name: path, bytes: $0) }
    }
  }

  /// What the store knows of every stage.
  func resolver(forced: Set<Int> = []) -> Resolver {
    Resolver(graph: graph, store: store, profile: spec.profile, forced: forced)
  }

  /// The nodes of stages named on the command line, by `stage` or `stage@replicate`.
  func nodes(named names: [String]) throws(UsageError) -> [Int] {
    var nodes: [Int] = []
    for name in names {
      if let i = graph.nodes.firstIndex(where: { $0.name == name }) {
        nodes.append(i)
      } else if !graph.nodes(of: name).isEmpty {
        nodes += graph.nodes(of: name)
      } else if let stage = spec.leftOut(named: Self.stageName(of: name)) {
        throw UsageError(
          message: "‘\(stage.name)’ is \(stage.onlyText), not in ‘\(spec.profile)’",
          hint: "add --profile \(stage.only?.first?.name ?? spec.defaultProfile)")
      } else {
        throw UsageError(
          message: "there is no stage ‘\(name)’",
          hint: Call.suggestion(
            name, spec.stages.map(\.name), "pipeline status lists the stages"))
      }
    }
    return nodes
  }

  /// `maxout` of `maxout@2`.
  private static func stageName(of name: String) -> String {
    name.split(separator: "@").first.map(String.init) ?? name
  }

  /// How a run is carried out.
  func settings(_ call: Call) -> Scheduler.Settings {
    Scheduler.Settings(
      jobs: jobs, threads: threads, keepGoing: call.has("--keep-going"),
      dataFolders: dataFolders, runSeed: spec.seed,
      origin: { [root] in .here(root) })
  }

  /// The folder for downloaded data: `$XDG_CACHE_HOME/adversarial-pipeline` or below `~/.cache`.
  static var downloadFolder: String {
    let environment = ProcessInfo.processInfo.environment
    let caches = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    return (caches ?? "\(environment["HOME"] ?? ".")/.cache") + "/adversarial-pipeline"
  }

  /// `--data`, then `PIPELINE_DATA`, then what was downloaded.
  static func dataFolders(_ call: Call, _ environment: [String: String]) -> [String] {
    call.all("--data") + [environment["PIPELINE_DATA"]].compactMap { $0 }.filter { !$0.isEmpty }
      + [downloadFolder]
  }

  /// `experiments.yaml` here or in a folder above.
  private static func findSpec() throws -> String {
    let name = "experiments.yaml"
    if Files.size(name) != nil { return name }
    var folder = FileManager.default.currentDirectoryPath
    while folder.count > 1 {
      if Files.size("\(folder)/\(name)") != nil { return "\(folder)/\(name)" }
      folder = Files.parent(of: folder)
    }
    throw UsageError(
      message: "there is no \(name) here or in a folder above",
      hint: "go to the project's folder, or name a file with --spec")
  }

  /// The folder this program was built in.
  private static var sourceRoot: String {
    var path = #filePath as NSString
    for _ in 0..<4 { path = path.deletingLastPathComponent as NSString }
    return path as String
  }

  /// The file that is running, even if a newer build has taken its name meanwhile.
  static var executable: String {
    let running = "/proc/self/exe"
    if Files.size(running) != nil { return running }
    return Bundle.main.executablePath ?? CommandLine.arguments[0]
  }
}
