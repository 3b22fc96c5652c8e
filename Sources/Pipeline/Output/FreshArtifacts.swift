import Contract

/// What stages made, read from the cache or from `results/`, and checked.
struct FreshArtifacts {
  /// One stage that has an answer.
  struct Entry {
    /// The node's name, with its replicate.
    let name: String
    /// Its stage in the spec.
    let spec: StageSpec
    /// What is recorded of it, with the conditions and deviations of everything it was made from.
    let record: Record
    /// Where the answer is, and whether it is today's.
    let standing: Standing

    /// Why the answer is not today's; nil if it is.
    var staleness: [Staleness]? {
      if case .stale(_, _, let reasons) = standing { reasons } else { nil }
    }
  }

  /// What a report shows of an artifact.
  enum Exhibit {
    case table(Table)
    case picture(caption: String)
    case drawing(caption: String)
  }

  /// Stages with an answer, inputs first.
  let entries: [Entry]
  private let store: Store
  private let folder: AnswerFolder
  private let byStage: [String: [Entry]]
  private let known = KnownTables()

  /// Looks at every stage of a project.
  init(_ project: Project) throws {
    self.init(project, try Standings(project))
  }

  /// Stages of a project that have been looked at.
  init(_ project: Project, _ standings: Standings) {
    store = project.store
    folder = AnswerFolder(project)
    // What is not today's says what it said when it was made, whatever its inputs say now.
    let handed = project.graph.handedDown { standings.standings[$0].current }
    entries = zip(project.graph.nodes, zip(standings.standings, handed)).compactMap { node, known in
      known.0.record.map {
        Entry(
          name: node.name, spec: node.spec, record: known.1.map($0.saying) ?? $0,
          standing: known.0)
      }
    }
    byStage = Dictionary(grouping: entries) { $0.spec.name }
  }

  /// The entries of a stage of the spec: one, or one a replicate.
  func entries(of stage: String) -> [Entry] { byStage[stage] ?? [] }

  /// An artifact in the cache that Pipeline turns into files; nil for plain arrays, which are large
  /// and stay there.
  func shown(_ artifact: Record.Entry) throws -> Artifact? {
    artifact.form == .tensors ? nil : try Artifact(stored: store.get(artifact.digest))
  }

  /// What a report shows of an artifact; nil for plain arrays.
  func exhibit(_ artifact: Record.Entry, of entry: Entry) throws -> Exhibit? {
    switch entry.standing {
    case .absent: return nil
    case .cached:
      let name = "\(entry.name)/\(artifact.name)"
      if let table = known.tables[name] { return .table(table) }
      switch try shown(artifact) {
      case .table(let table)?:
        known.tables[name] = table
        return .table(table)
      case .images(let grid)?: return .picture(caption: grid.caption)
      case let value?: return Drawing(value).map { .drawing(caption: $0.caption) }
      case nil: return nil
      }
    case .recorded(_, let answer), .stale(_, let answer, _):
      guard let kept = answer.artifact(artifact.name) else { return nil }
      switch artifact.form {
      case .tensors: return nil
      case .table: return .table(try table(kept, of: entry.name))
      case .images: return .picture(caption: kept.caption ?? "")
      case .plot, .plane, .heatMap: return .drawing(caption: kept.caption ?? "")
      }
    }
  }

  /// A table of a stage with its conditions, one a replicate; nil if the stage has none.
  func tables(
    _ name: String, of stage: String
  ) throws -> (tables: [Table], conditions: [String: String])? {
    var result: (tables: [Table], conditions: [String: String])?
    for entry in entries(of: stage) {
      guard let artifact = entry.record.artifacts.first(where: { $0.name == name }),
        artifact.form == .table, case .table(let table)? = try exhibit(artifact, of: entry)
      else { continue }
      result = ((result?.tables ?? []) + [table], result?.conditions ?? entry.record.conditions)
    }
    return result
  }

  /// A table from `results/`, read once however many claims ask for it.
  private func table(_ artifact: AnswerArtifact, of stage: String) throws -> Table {
    let name = "\(stage)/\(artifact.name)"
    if let table = known.tables[name] { return table }
    let table = try folder.table(artifact, of: stage)
    known.tables[name] = table
    return table
  }

  /// Tables that have been read.
  private final class KnownTables {
    var tables: [String: Table] = [:]
  }
}
