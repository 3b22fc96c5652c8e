/// Turns what is fresh in the store into `results/<profile>/` and `report/<profile>/`.
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

  /// Looks at what is fresh.
  init(_ project: Project) {
    self.project = project
    artifacts = FreshArtifacts(project)
  }

  /// Every published claim, judged on what is fresh, the papers in the order of the spec.
  func claims() throws -> [ClaimResult] {
    let order = project.spec.papers.map(\.id)
    let published =
      order.flatMap { paper in project.published.filter { $0.paper == paper } }
      + project.published.filter { !order.contains($0.paper) }
    let observations = try Observations(project.spec, artifacts)
    return try judge(published, observations.values, remarks: observations.remarks)
  }

  /// Writes the results and the report.
  func write() throws -> Written {
    guard !artifacts.entries.isEmpty else {
      throw UsageError(
        message: "the cache holds no answer of the profile ‘\(project.spec.profile)’, and an empty"
          + " report would replace the one that is there",
        hint: "pipeline all --profile \(project.spec.profile)")
    }
    var files = ResultFiles(project)
    for entry in artifacts.entries { try files.add(entry, artifacts) }
    try files.finish()
    let claims = try claims()
    let model = try ReportAssembly(project, artifacts, claims).model()
    let path = "\(project.output)/report/\(project.spec.profile)/report.md"
    let isNew = try Files.update(Array(Report.markdown(model).utf8), at: path)
    return Written(
      lines: [
        "results: \(files.folder) (\(files.changed) of \(files.files.count + 1) files changed)",
        "report:  \(path)\(isNew ? "" : " (unchanged)")",
      ], claims: claims)
  }

  /// Writes the results of some stages alone; the report and the index stay as they are.
  func write(only nodes: Set<Int>) throws -> Written {
    var files = ResultFiles(project)
    let names = Set(nodes.map { project.graph.nodes[$0].name })
    for entry in artifacts.entries where names.contains(entry.name) {
      try files.add(entry, artifacts)
    }
    return Written(
      lines: [
        "results: \(files.folder) (\(files.changed) of \(files.files.count) files changed);"
          + " pipeline report brings the report up to date"
      ], claims: [])
  }
}
