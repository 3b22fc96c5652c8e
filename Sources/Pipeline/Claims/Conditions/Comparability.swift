import Contract
import Papers

/// Under which conditions our values and the published ones were made.
///
/// A claim is compared only if all of its conditions hold: every option of its stage and of whatever
/// that was made from is the published one, and so is what the stages found when they ran. What is
/// not known to be equal is different. Seeds and replicates are no conditions, nor are options that a
/// kind declares neutral.
struct Comparability: Sendable {
  private let cells: [String: ClaimSpec.Cell]
  private let ours: Spec?
  private let published: Spec?
  private let answered: [String: KeyParts]

  /// Compares a spec with the conditions of the papers; nil where these are unknown.
  ///
  /// `answered` are the parts of answers which are shown although they were made with other options
  /// than the spec's: then both have to be the paper's.
  init(_ ours: Spec, published: Spec?, answered: [String: KeyParts] = [:]) {
    self.ours = ours
    self.answered = answered
    self.published = published
    cells = Dictionary(
      ours.claims.compactMap { claim in claim.cell.map { (claim.id, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  private init() { (cells, ours, published, answered) = ([:], nil, nil, [:]) }

  /// Without a spec: what the stages found is all there is to compare.
  static let factsAlone = Comparability()

  /// All conditions of a claim, what was found first; `facts` is nil where nothing was run.
  func conditions(of claim: PublishedClaim, facts: [String: String]?) -> [Condition] {
    let file = Condition.Source.file("published/\(claim.paper).csv")
    guard let ours else {
      return claim.requirements.map { requirement in
        fact(requirement, nil, facts?[requirement.key], file)
      }
    }
    guard let cell = cells[claim.id], let closure = ClaimClosure(cell, in: ours) else {
      return claim.requirements.map { fact($0, nil, nil, file) } + [unknown(nil)]
    }
    let found = claim.requirements.flatMap { requirement in
      conditions(of: requirement, cell, in: closure, facts ?? [:], file)
    }
    guard let published else {
      return found + [
        unknown(
          "the spec has no profile ‘\(PublishedConditions.profile)’, which states the papers' conditions"
        )
      ]
    }
    return found
      + closure.members.enumerated().flatMap { i, member in
        conditions(of: member, row: i == 0 ? cell : nil, in: published)
      }
  }

  // MARK: What was found

  private func conditions(
    of requirement: PublishedClaim.Requirement, _ cell: ClaimSpec.Cell, in closure: ClaimClosure,
    _ facts: [String: String], _ file: Condition.Source
  ) -> [Condition] {
    let found = closure.facts(named: requirement.key(in: cell), in: facts)
    if found.isEmpty { return [fact(requirement, nil, nil, file)] }
    return found.map { fact(requirement, $0.stage, $0.value, file) }
  }

  private func fact(
    _ requirement: PublishedClaim.Requirement, _ stage: String?, _ value: String?,
    _ file: Condition.Source
  ) -> Condition {
    Condition(
      sort: .fact, stage: stage, name: requirement.key, ours: value, published: requirement.value,
      holds: value == requirement.value, source: file)
  }

  private func unknown(_ reason: String?) -> Condition {
    Condition(
      sort: .known, stage: nil, name: "conditions", ours: reason, published: nil, holds: false)
  }

  // MARK: What the spec says

  /// The kind, inputs and options of one stage beside the published ones.
  private func conditions(
    of member: ClaimClosure.Member, row: ClaimSpec.Cell?, in published: Spec
  ) -> [Condition] {
    let stage = member.stage
    guard let theirs = published.stage(named: stage.name) else {
      return [
        Condition(
          sort: .known, stage: stage.name, name: "stage",
          ours: "the papers' conditions have no such stage", published: nil, holds: false)
      ]
    }
    let kinds = [answered[stage.name]?.kind ?? stage.kind, stage.kind]
    let ours = kinds.first { $0 != theirs.kind } ?? theirs.kind
    let kind = Condition(
      sort: .kind, stage: stage.name, name: "kind", ours: ours, published: theirs.kind,
      holds: ours == theirs.kind, source: .spec(theirs.kindPlace))
    // Options of another kind mean something else, whatever they are called.
    guard kind.holds else { return [kind] }
    return [kind] + inputs(of: member, theirs, row: row) + options(of: stage, theirs)
  }

  private func inputs(
    of member: ClaimClosure.Member, _ theirs: StageSpec, row: ClaimSpec.Cell?
  ) -> [Condition] {
    let other = ClaimClosure.member(theirs, row: row)
    let slots = (member.inputs + other.inputs).map(\.slot)
    return slots.enumerated().filter { slots.firstIndex(of: $0.element) == $0.offset }
      .map { _, slot in
        let ours = member.inputs.first { $0.slot == slot }?.stages
        let published = other.inputs.first { $0.slot == slot }?.stages
        return Condition(
          sort: .input, stage: member.stage.name, name: slot,
          ours: ours?.joined(separator: ", "), published: published?.joined(separator: ", "),
          holds: ours != nil && ours == published,
          source: .spec(theirs.inputs.first { $0.slot == slot }?.slotPlace ?? theirs.inputsPlace))
      }
  }

  private func options(of stage: StageSpec, _ theirs: StageSpec) -> [Condition] {
    let neutral = Catalog.kind(named: stage.kind)?.neutralOptions ?? []
    let today = KeyParts.flatten(stage.options)
    let ours = [answered[stage.name]?.options ?? today, today].map { OptionLeaves($0).values }
    let published = OptionLeaves(KeyParts.flatten(theirs.options)).values
    return Set((ours + [published]).flatMap(\.keys)).sorted().map { name in
      let path = name.split(separator: ".").map(String.init)
      let isNeutral = path.first.map(neutral.contains) ?? false
      let paper = published[name]
      let mine = ours.first { $0[name] != paper }.map { $0[name] } ?? paper
      return Condition(
        sort: isNeutral ? .neutral : .option, stage: stage.name, name: name, ours: mine?.text,
        published: paper?.text, holds: isNeutral || mine != nil && mine == paper,
        source: .spec(theirs.place(ofOption: path)))
    }
  }
}

extension PublishedClaim.Requirement {
  /// The name among our facts: of `gpdnn/images` the stage that the paper's `gpdnn` is called here.
  fileprivate func key(in cell: ClaimSpec.Cell) -> String {
    let parts = key.split(separator: "/", maxSplits: 1).map(String.init)
    guard parts.count == 2, let stage = cell.names[parts[0]] else { return key }
    return "\(stage)/\(parts[1])"
  }
}

extension StageSpec {
  /// Where an option is written, or else what it would stand in.
  fileprivate func place(ofOption path: [String]) -> Place {
    var node = optionsNode
    for step in path {
      guard let child = node[step] else { return optionsPlace }
      node = child
    }
    return node.place
  }
}
