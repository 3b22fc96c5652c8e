import Contract

/// What fresh stages made, read from the store and checked.
struct FreshArtifacts {
  /// One stage that has an answer.
  struct Entry {
    /// The node's name, with its replicate.
    let name: String
    /// Its stage in the spec.
    let spec: StageSpec
    /// What is recorded of it.
    let record: Record
  }

  /// Fresh stages, inputs first.
  let entries: [Entry]
  private let store: Store

  /// Looks at every stage of a project.
  init(_ project: Project) {
    store = project.store
    entries = zip(project.graph.nodes, project.resolver().states()).compactMap { node, state in
      state.record.map { Entry(name: node.name, spec: node.spec, record: $0) }
    }
  }

  /// The entries of a stage of the spec: one, or one a replicate.
  func entries(of stage: String) -> [Entry] { entries.filter { $0.spec.name == stage } }

  /// An artifact that Pipeline turns into files; nil for plain arrays, which are large and stay in
  /// the store.
  func shown(_ artifact: Record.Entry) throws -> Artifact? {
    artifact.form == .tensors ? nil : try Artifact(stored: store.get(artifact.digest))
  }

  /// A table of a fresh stage with its conditions, one a replicate; nil if the stage has none.
  func tables(
    _ name: String, of stage: String
  ) throws -> (tables: [Table], conditions: [String: String])? {
    var result: (tables: [Table], conditions: [String: String])?
    for entry in entries(of: stage) {
      guard let artifact = entry.record.artifacts.first(where: { $0.name == name }),
        artifact.form == .table,
        case .table(let table) = try Artifact(stored: store.get(artifact.digest))
      else { continue }
      result = ((result?.tables ?? []) + [table], result?.conditions ?? entry.record.conditions)
    }
    return result
  }
}
