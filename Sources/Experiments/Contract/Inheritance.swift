extension StageContext {
  /// An answer that carries on the conditions and deviations that its inputs hand on: of a kind that
  /// reads conditions, theirs; of any other nothing, for those are put together when they are read.
  ///
  /// Own conditions come on top. Where inputs say different things under one name, both are kept,
  /// so that no claim which asks for one of them is met by accident.
  package func inheriting(
    _ artifacts: [String: Artifact], conditions: [String: String] = [:],
    deviations: [Deviation] = []
  ) -> StageOutput {
    var said: [String: Set<String>] = [:]
    var listed: [Deviation] = []
    for slot in inputs.keys.sorted() {
      for input in inputs[slot] ?? [] {
        for (name, value) in input.output.conditions { said[name, default: []].insert(value) }
        for deviation in input.output.deviations where !listed.contains(deviation) {
          listed.append(deviation)
        }
      }
    }
    let inherited = said.mapValues { $0.sorted().joined(separator: " and ") }
    return StageOutput(
      artifacts: artifacts, conditions: inherited.merging(conditions) { $1 },
      deviations: listed + deviations.filter { !listed.contains($0) })
  }
}
