import Contract
import Papers

/// The stage behind a claim and everything that its row was made from.
struct ClaimClosure: Sendable {
  /// One stage and what it reads, as far as the row was made from it.
  struct Member: Sendable {
    let stage: StageSpec
    /// The stages by slot, in the order of the spec.
    let inputs: [(slot: String, stages: [String])]
  }

  /// The claim's stage first, then what it reads, each stage once.
  let members: [Member]
  private let positions: [String: Int]

  /// Follows the inputs of a cell's stage; nil if the spec has no such stage.
  init?(_ cell: ClaimSpec.Cell, in spec: Spec) {
    guard let stage = spec.stage(named: cell.stage.stage) else { return nil }
    var members = [Self.member(stage, row: cell)]
    var positions = [stage.name: 0]
    var waiting = Array(members[0].inputs.flatMap(\.stages).reversed())
    while let name = waiting.popLast() {
      guard positions[name] == nil, let stage = spec.stage(named: name) else { continue }
      let member = Self.member(stage)
      positions[name] = members.count
      members.append(member)
      waiting += member.inputs.flatMap(\.stages).reversed()
    }
    self.members = members
    self.positions = positions
  }

  /// What a run of the claim's stage found under a name: on its own, or as `STAGE/NAME`.
  ///
  /// A stage that says something speaks for all that it was made from: an ensemble for its members,
  /// and the network that was stopped early for the training that went on.
  func facts(named name: String, in facts: [String: String]) -> [(stage: String?, value: String)] {
    var found: [(stage: String?, value: String)] = facts[name].map { [(nil, $0)] } ?? []
    var seen: Set<String> = []
    var waiting = [members[0]]
    while let member = waiting.popLast() {
      guard seen.insert(member.stage.name).inserted else { continue }
      if let value = facts["\(member.stage.name)/\(name)"] {
        found.append((member.stage.name, value))
      } else {
        waiting += member.inputs.flatMap(\.stages).reversed().compactMap { name in
          positions[name].map { members[$0] }
        }
      }
    }
    return found
  }

  /// A stage with its inputs; of the claim's own stage only those that its row was made from.
  ///
  /// Which those are the kind declares, and `where` has to name them. Whatever is not known to be
  /// without influence counts.
  static func member(_ stage: StageSpec, row: ClaimSpec.Cell? = nil) -> Member {
    let columns = row == nil ? [:] : Catalog.kind(named: stage.kind)?.rowInputs ?? [:]
    return Member(
      stage: stage,
      inputs: stage.inputs.map { input in
        guard let row, let words = row.words(in: columns[input.slot] ?? []),
          words.isSubset(of: input.stages)
        else { return (input.slot, input.stages) }
        return (input.slot, input.stages.filter(words.contains))
      })
  }
}

extension ClaimSpec.Cell {
  /// The words that `where` gives for these columns; nil if it does not give all of them.
  fileprivate func words(in columns: [String]) -> Set<String>? {
    var words: Set<String> = []
    for column in columns {
      guard case .string(let word)? = conditions.first(where: { $0.column == column })?.value
      else { return nil }
      words.insert(word)
    }
    return words.isEmpty ? nil : words
  }
}
