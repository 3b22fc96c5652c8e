extension StageContext {
  /// An answer that carries on the conditions and deviations of everything it was made from.
  ///
  /// Own conditions come on top. Where inputs say different things under one name, both are kept,
  /// so that no claim which asks for one of them is met by accident.
  public func inheriting(
    _ artifacts: [String: Artifact], conditions: [String: String] = [:],
    deviations: [Deviation] = []
  ) -> StageOutput {
    let separator = " and "
    var merged: [String: String] = [:]
    var listed: [Deviation] = []
    for slot in inputs.keys.sorted() {
      for input in inputs[slot] ?? [] {
        for (name, value) in input.output.conditions {
          let known = merged[name].map { $0.split(separator: separator).map(String.init) } ?? []
          merged[name] = Set(known + [value]).sorted().joined(separator: separator)
        }
        for deviation in input.output.deviations where !listed.contains(deviation) {
          listed.append(deviation)
        }
      }
    }
    return StageOutput(
      artifacts: artifacts, conditions: merged.merging(conditions) { $1 },
      deviations: listed + deviations.filter { !listed.contains($0) })
  }
}
