import Contract

/// Writes `results/<profile>/`: one folder a stage, one file an artifact and the answer that names
/// them; beside them an index, the code behind them, and when and where they were made.
///
/// Files that already hold the right bytes are left alone. Files of an earlier run that no stage
/// makes any more are taken away, but only those that the old index names: what a person puts there
/// stays.
///
/// Each file is put in place whole, and all become durable together before anything says that they are
/// there. Should the machine go down before, the cache still holds what they are written from.
struct ResultFiles {
  /// One written file.
  struct File {
    /// The path below `results/<profile>`.
    let path: String
    /// SHA-256 of its bytes.
    let digest: String
    /// The stage that made it.
    let stage: String
    /// The stage's key.
    let key: String
  }

  /// `results/<profile>`.
  let folder: String
  private let record: AnswerFolder
  private let order: [String]
  private let pictures: Pictures
  private(set) var files: [File] = []
  private(set) var changed = 0
  private var code: [CodeFingerprint] = []
  private var codes: Set<String> = []
  private var runs: RunLog

  /// Writes below a project's output folder.
  init(_ project: Project) throws {
    record = AnswerFolder(project)
    folder = record.path
    order = project.graph.nodes.map(\.name)
    pictures = Pictures(folder: "\(project.store.folder)/drawings", jobs: project.jobs)
    runs = try record.runs()
  }

  /// Draws together what `add` of these entries will want, which is faster than one by one.
  func prepare(_ entries: [FreshArtifacts.Entry], _ artifacts: FreshArtifacts) throws {
    var wanted: [Pictures.Wanted] = []
    for entry in entries {
      guard case .cached = entry.standing else { continue }
      for artifact in entry.record.artifacts where artifact.form.isDrawn {
        let script = try artifacts.shown(artifact).flatMap(Drawing.init)?.script(
          named: artifact.name)
        if let script { wanted.append(.init(script: script, name: artifact.name)) }
      }
    }
    try pictures.prepare(wanted)
  }

  /// Writes what one stage made; of an answer that is in `results/` alone, checks that its files are
  /// what they were.
  mutating func add(_ entry: FreshArtifacts.Entry, _ artifacts: FreshArtifacts) throws {
    switch entry.standing {
    case .absent: return
    case .cached: try write(entry, artifacts)
    case .recorded(_, let answer), .stale(_, let answer, _): try keep(entry, answer)
    }
    let print = entry.record.parts.code
    if codes.insert(print.digest).inserted { code.append(print) }
  }

  private mutating func write(_ entry: FreshArtifacts.Entry, _ artifacts: FreshArtifacts) throws {
    var kept: [AnswerArtifact] = []
    for artifact in entry.record.artifacts {
      let value = try artifacts.shown(artifact)
      var written: [AnswerArtifact.File] = []
      let files = try value.map { try contents(of: $0, named: artifact.name) } ?? []
      for (name, bytes) in files {
        written.append(.init(name: name, sha256: try put(bytes, name, entry)))
      }
      kept.append(AnswerArtifact(artifact, value, files: written))
    }
    // What names the others comes last.
    _ = try put(Answer(entry.record, kept).bytes, Answer.fileName, entry)
    runs.note(entry.record)
  }

  private mutating func put(
    _ bytes: [UInt8], _ name: String, _ entry: FreshArtifacts.Entry
  ) throws -> String {
    let path = "\(entry.name)/\(name)"
    if try Files.update(bytes, at: "\(folder)/\(path)", durable: false) { changed += 1 }
    let digest = SHA256.hex(of: bytes)
    files.append(File(path: path, digest: digest, stage: entry.name, key: entry.record.key))
    return digest
  }

  private mutating func keep(_ entry: FreshArtifacts.Entry, _ answer: Answer) throws {
    for file in answer.artifacts.flatMap(\.files) {
      _ = try record.bytes(of: file, stage: entry.name)
      files.append(
        File(
          path: "\(entry.name)/\(file.name)", digest: file.sha256, stage: entry.name,
          key: answer.key))
    }
    let path = "\(entry.name)/\(Answer.fileName)"
    files.append(
      File(
        path: path, digest: SHA256.hex(of: try Files.read("\(folder)/\(path)")),
        stage: entry.name, key: answer.key))
  }

  /// Writes the index and takes away what the old one names and the new one does not.
  mutating func finish() throws {
    try settle()
    let path = "\(folder)/index.csv"
    let old = (try? CSVFile(Files.read(path), name: path))?.records.compactMap { $0.first?.text }
    let kept = Set(files.map(\.path))
    for stale in old ?? [] where !kept.contains(stale) && !stale.contains("..") {
      Files.remove("\(folder)/\(stale)")
      changed += 1
    }
    let rows = files.map { [$0.path, $0.digest, $0.stage, $0.key] }
    let text = CSVWriter.text([["file", "sha256", "stage", "key"]] + rows)
    if try Files.update(Array(text.utf8), at: path) { changed += 1 }
    try keepFacts(besides: [])
  }

  /// Brings up to date what is known of the code and of the runs, where only some stages were written.
  mutating func finishSome() throws {
    try settle()
    let sets = try record.codeSets()
    try keepFacts(besides: (sets?.sets.keys).map { $0.compactMap { sets?.fingerprint($0) } } ?? [])
  }

  private func settle() throws { if !files.isEmpty { try Files.settle(folder) } }

  private mutating func keepFacts(besides old: [CodeFingerprint]) throws {
    let sets = try Answer.encoded(CodeSets(code + old))
    if try Files.update(sets, at: "\(folder)/\(CodeSets.fileName)") { changed += 1 }
    let log = runs.text(order: order)
    if try Files.update(Array(log.utf8), at: "\(folder)/\(RunLog.fileName)") { changed += 1 }
  }

  private func contents(
    of artifact: Artifact, named name: String
  ) throws -> [(name: String, bytes: [UInt8])] {
    switch artifact {
    case .tensors: return []
    case .table(let table): return [("\(name).csv", Array(table.csv.utf8))]
    case .images(let grid): return [("\(name).png", try PNGWriter.encode(grid.raster))]
    case .plot, .heatMap, .plane:
      guard let script = Drawing(artifact)?.script(named: name) else { return [] }
      return [
        ("\(name).gp", Array(script.script.utf8)), ("\(name).csv", Array(script.data.utf8)),
        ("\(name).png", try pictures.picture(of: .init(script: script, name: name))),
      ]
    }
  }
}
