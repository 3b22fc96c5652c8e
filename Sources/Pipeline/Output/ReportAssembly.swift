import Contract

/// Fills in the report's model from the spec and from what is fresh.
struct ReportAssembly {
  private let project: Project
  private let artifacts: FreshArtifacts
  private let claims: [ClaimResult]

  /// Assembles a report of a project.
  init(_ project: Project, _ artifacts: FreshArtifacts, _ claims: [ClaimResult]) {
    self.project = project
    self.artifacts = artifacts
    self.claims = claims
  }

  /// The whole model.
  func model() throws -> ReportModel {
    ReportModel(
      title: "Adversarial examples, reproduced", profile: project.spec.profile,
      command: "swift run pipeline all\(project.spec.profileOption)", scope: scope, claims: claims,
      papers: try project.spec.papers.map(paper), deviations: deviations,
      data: try dataFiles(),
      stages: artifacts.entries.map {
        ReportModel.StageRow(
          name: $0.name, kind: $0.record.parts.kind, key: $0.record.key,
          isStale: $0.staleness != nil)
      },
      environment: EnvironmentFacts.rows(project, artifacts))
  }

  private var scope: String {
    let papers = project.spec.papers.map { paper in
      let ours = claims.filter { $0.claim.paper == paper.id }
      let compared = ours.count { $0.verdict.isCompared }
      return "- *\(paper.title)* — \(paper.citation) \(ours.count) of its numbers are listed here;"
        + " \(compared) of them can be compared under this profile."
    }
    let missing = project.graph.nodes.count - artifacts.entries.count
    return """
      What is attempted: to make again, from the data on, the numbers and figures of

      \(papers.joined(separator: "\n"))

      with the models, attacks and measures written for this project alone, so that the same spec,
      data and code give the same bits on any machine. The random numbers derive from the run seed
      \(project.spec.seed). Nobody of the authors was asked, and no code of theirs was run.\
      \(missing == 0 ? "" : " **\(missing) stages have no answer in this run.**")\(staleScope)
      """
  }

  /// Which answers are not today's, and who made them; empty if all are.
  private var staleScope: String {
    let stale = artifacts.entries.compactMap(StaleAnswer.init)
    guard !stale.isEmpty else { return "" }
    let sentences = StaleAnswer.sentences(stale) {
      "- \($0) of \(artifacts.entries.count) answers were"
    }
    return """


      Not all of this is today's. What is older carries a \(StaleAnswer.sign), and stays as it is \
      until it is run again:

      \(sentences.map { "\($0).\n" }.joined())
      """
  }

  // MARK: Papers

  private func paper(_ paper: PaperSpec) throws -> ReportModel.Paper {
    ReportModel.Paper(
      id: paper.id, title: paper.title, link: nil,
      sections: try paper.sections.map(section))
  }

  /// A section: its first words and numbers open it, and whatever follows what is shown stands there.
  private func section(_ section: PaperSpec.Section) throws -> ReportModel.Section {
    var (text, opening, items): (String, [ClaimResult], [ReportModel.Item]) = ("", [], [])
    for (index, part) in joined(section.parts).enumerated() {
      switch part {
      case .text(let words) where index == 0: text = prose(words)
      case .text(let words): items.append(.text(prose(words)))
      case .claims(let selections):
        let chosen = claims.filter { result in
          selections.contains { $0.contains(result.claim.id) }
        }
        if items.isEmpty { opening = chosen } else { items.append(.claims(chosen)) }
      case .show(let show): items += try self.items(show)
      }
    }
    return ReportModel.Section(
      title: section.title, text: text, items: items, claims: opening,
      absence: absence(of: section), gap: gap(in: section))
  }

  /// The parts of a section with selections of claims that follow one another made one table.
  private func joined(_ parts: [PaperSpec.Part]) -> [PaperSpec.Part] {
    parts.reduce(into: []) { joined, part in
      if case .claims(let more) = part, case .claims(let before)? = joined.last {
        joined[joined.count - 1] = .claims(before + more)
      } else {
        joined.append(part)
      }
    }
  }

  /// Prose with our numbers drawn into it.
  private func prose(_ words: [PaperSpec.Words]) -> String {
    words.map { words in
      switch words {
      case .plain(let text): return text
      case .value(let value):
        let result = claims.first { $0.claim.id == value.claim }
        return result?.ours == nil ? "*missing*" : Markdown.escape(result?.oursText ?? "")
      }
    }.joined()
  }

  /// Why a section shows nothing: all its stages belong to other profiles.
  private func absence(of section: PaperSpec.Section) -> String? {
    let leftOut = section.show.compactMap { project.spec.leftOut(named: $0.stage) }
    guard let first = leftOut.first, leftOut.count == section.show.count else { return nil }
    return "Not part of the profile \(project.spec.profile): \(first.onlyText)."
  }

  /// Which of the stages that a section shows have no answer, and what would give it: the data set that
  /// they lack, or the command that runs them.
  private func gap(in section: PaperSpec.Section) -> String? {
    let answered = Set(artifacts.entries.map(\.name))
    let nodes = project.graph.nodes
    let absent = nodes.indices.filter { i in
      !answered.contains(nodes[i].name) && section.show.contains { $0.stage == nodes[i].spec.name }
    }
    guard !absent.isEmpty else { return nil }
    var (open, reached) = (absent, Set(absent))
    while let node = open.popLast() {
      for input in nodes[node].needs where reached.insert(input).inserted { open.append(input) }
    }
    let sets = Set(
      reached.filter { !answered.contains(nodes[$0].name) }.flatMap { nodes[$0].kind.dataSets })
    let stages = absent.map { nodes[$0].spec.name }.uniqued()
    let how =
      sets.isEmpty
      ? "swift run pipeline run \(stages.joined(separator: " "))\(project.spec.profileOption)"
        + " computes it"
      : "the data are not at hand, swift run pipeline data fetch"
        + " \(sets.sorted().joined(separator: " ")) gets them"
    return "Not run: \(stages.joined(separator: ", ")); \(how)."
  }

  private func items(_ show: PaperSpec.Show) throws -> [ReportModel.Item] {
    try artifacts.entries(of: show.stage).flatMap { entry in
      try entry.record.artifacts.filter { show.artifact == nil || show.artifact == $0.name }
        .compactMap { try item($0, of: entry) }
    }
  }

  private func item(
    _ artifact: Record.Entry, of entry: FreshArtifacts.Entry
  ) throws -> ReportModel.Item? {
    let source = ReportModel.Source(
      stage: entry.name,
      command: "swift run pipeline run \(entry.name) --force\(project.spec.profileOption)",
      key: entry.record.key)
    let base = "../../results/\(project.spec.profile)/\(entry.name)/\(artifact.name)"
    switch try artifacts.exhibit(artifact, of: entry) {
    case .table(let table)?:
      return .table(.init(table: table, csv: "\(base).csv", source: source))
    case .picture(let caption)?:
      return .figure(.init(caption: caption, image: "\(base).png", files: [], source: source))
    case .drawing(let caption)?:
      return .figure(
        .init(
          caption: caption, image: "\(base).png",
          files: [("script", "\(base).gp"), ("data", "\(base).csv")], source: source))
    case nil: return nil
    }
  }

  // MARK: Deviations and data

  private var deviations: [Deviation] {
    (project.spec.papers.flatMap(\.notes) + artifacts.entries.flatMap(\.record.deviations))
      .uniqued()
  }

  /// Rows of the `provenance` tables of data-set stages that read files.
  private func dataFiles() throws -> [ReportModel.DataFile] {
    var files: [ReportModel.DataFile] = []
    for entry in artifacts.entries {
      guard let (tables, conditions) = try artifacts.tables("provenance", of: entry.spec.name)
      else {
        continue
      }
      for row in tables.flatMap(\.rows) {
        guard case .text(let file)? = row.first, row.count == 4, case .integer(let bytes) = row[1],
          case .text(let digest) = row[2], case .text(let source) = row[3]
        else { continue }
        files.append(
          ReportModel.DataFile(
            name: conditions["data"] ?? entry.name, file: file, bytes: bytes, sha256: digest,
            source: source))
      }
    }
    return files
  }
}
