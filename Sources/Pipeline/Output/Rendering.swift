/// Turns what stages made, by the cache or else by `results/`, into `results/<profile>/` and
/// `report/<profile>/`.
struct Rendering {
  /// What was written, in words, and the claims.
  struct Written {
    /// For the person.
    let lines: [String]
    /// The claims with their verdicts.
    let claims: [ClaimResult]
  }

  private let project: Project
  private let artifacts: FreshArtifacts

  /// Looks at what there is, of all nodes or only of some, inputs first and without gaps.
  init(_ project: Project, only nodes: Set<Int>? = nil) throws {
    self.project = project
    artifacts = FreshArtifacts(project, try Standings(project, only: nodes))
  }

  /// Every published claim, judged on what there is, the papers in the order of the spec.
  func claims() throws -> [ClaimResult] {
    let order = project.spec.papers.map(\.id)
    let published =
      order.flatMap { paper in project.published.filter { $0.paper == paper } }
      + project.published.filter { !order.contains($0.paper) }
    let observations = try Observations(project.spec, artifacts)
    let stale = staleAnswers
    let comparability = Comparability(
      project.spec, published: try PublishedConditions.spec(beside: project.spec),
      answered: otherwiseAnswered)
    return try judge(
      published, observations.values, remarks: observations.remarks, by: comparability
    ).map {
      var result = $0
      if result.ours != nil { result.stale = stale[result.claim.id] }
      return result
    }
  }

  /// What answers of another day were made with, by stage, where that is not what the spec says.
  private var otherwiseAnswered: [String: KeyParts] {
    var parts: [String: KeyParts] = [:]
    for entry in artifacts.entries where entry.staleness != nil {
      let made = entry.record.parts
      let now = Set(KeyParts.flatten(entry.spec.options))
      if made.kind != entry.spec.kind || Set(made.options) != now {
        parts[entry.spec.name] = made
      }
    }
    return parts
  }

  /// The answers behind claims that are not today's.
  private var staleAnswers: [String: StaleAnswer] {
    var answers: [String: StaleAnswer] = [:]
    for claim in project.spec.claims {
      guard case .cell(let cell) = claim.source else { continue }
      answers[claim.id] =
        artifacts.entries(of: cell.stage.stage).lazy.compactMap(StaleAnswer.init).first
    }
    return answers
  }

  /// Writes the results and the report.
  func write() throws -> Written {
    guard !artifacts.entries.isEmpty else {
      throw UsageError(
        message: "neither the cache nor results/ holds an answer of the profile"
          + " ‘\(project.spec.profile)’, and an empty report would replace the one that is there",
        hint: "pipeline all --profile \(project.spec.profile)")
    }
    let note = ResultsNote(project, artifacts.entries)
    var (count, changed) = (note.files, 0)
    let isComplete = note.holds
    if !isComplete {
      var files = try ResultFiles(project)
      try files.prepare(artifacts.entries, artifacts)
      for entry in artifacts.entries { try files.add(entry, artifacts) }
      try files.finish()
      (count, changed) = (files.files.count + 3, files.changed)
    }
    let claims = try claims()
    let model = try ReportAssembly(project, artifacts, claims).model()
    let path = "\(project.output)/report/\(project.spec.profile)/report.md"
    let isNew = try Files.update(Array(Report.markdown(model).utf8), at: path)
    if !isComplete { note.keep() }
    return Written(
      lines: [
        "results: \(note.folder) (\(changed) of \(count) files changed)",
        "report:  \(path)\(isNew ? "" : " (unchanged)")",
      ], claims: claims)
  }

  /// Writes the results alone; the report and the index stay as they are.
  func writeResults() throws -> Written {
    var files = try ResultFiles(project)
    try files.prepare(artifacts.entries, artifacts)
    for entry in artifacts.entries { try files.add(entry, artifacts) }
    try files.finishSome()
    return Written(
      lines: [
        "results: \(files.folder) (\(files.changed) of \(files.files.count + 2) files changed);"
          + " pipeline report brings the report up to date"
      ], claims: [])
  }
}
