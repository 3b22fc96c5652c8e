import Contract

/// What an answer says about itself and about everything it was made from: the conditions that claims
/// ask for, and the deviations that the report lists.
///
/// A record keeps what its own stage said and no more, for the words of its inputs may be changed while
/// their numbers stay; they are put together when they are read.
struct HandedDown: Hashable, Sendable {
  /// The conditions by name; where inputs say different things under one name, all are kept.
  let conditions: [String: String]
  /// The deviations, each once, those of the inputs first.
  let deviations: [Deviation]

  /// What a node says, given what its inputs say.
  ///
  /// A stage that reads the conditions of its inputs has passed them on itself.
  init(_ node: StageNode, _ record: Record, of input: (Int) -> HandedDown?) {
    var (said, listed): ([String: Set<String>], [Deviation]) = ([:], [])
    var seen: Set<Deviation> = []
    for slot in node.inputs.sorted(by: { $0.slot.name < $1.slot.name }) {
      for handed in slot.nodes.compactMap(input) {
        for (name, value) in handed.conditions { said[name, default: []].insert(value) }
        for deviation in handed.deviations where seen.insert(deviation).inserted {
          listed.append(deviation)
        }
      }
    }
    let inherited =
      node.kind.readsConditions ? [:] : said.mapValues { $0.sorted().joined(separator: " and ") }
    conditions = inherited.merging(record.conditions) { $1 }
    deviations = listed + record.deviations.filter { seen.insert($0).inserted }
  }
}

extension Record {
  /// The same record with what its inputs say beside what it says itself.
  func saying(_ handed: HandedDown) -> Record {
    Record(
      key: key, stage: stage, parts: parts, artifacts: artifacts, conditions: handed.conditions,
      deviations: handed.deviations, effort: effort, acceptedFrom: acceptedFrom)
  }
}

extension StageGraph {
  /// What every node with a record says, all its inputs having records too.
  func handedDown(_ record: (Int) -> Record?) -> [HandedDown?] {
    var handed: [HandedDown?] = []
    for (i, node) in nodes.enumerated() {
      handed.append(record(i).map { HandedDown(node, $0) { handed[$0] } })
    }
    return handed
  }

  /// What one node says; only what it was made from is looked at.
  func handedDown(by i: Int, _ record: (Int) -> Record?) -> HandedDown? {
    var handed: [Int: HandedDown] = [:]
    for i in closure(of: [i]) {
      handed[i] = record(i).map { HandedDown(nodes[i], $0) { handed[$0] } }
    }
    return handed[i]
  }
}

extension StageGraph {
  /// The conditions of node `i` as a node that takes it is told them: none, unless its kind reads them.
  func conditions(
    of i: Int, told reader: StageNode, _ record: (Int) -> Record?
  ) -> [String: String] {
    reader.kind.readsConditions ? handedDown(by: i, record)?.conditions ?? [:] : [:]
  }
}
