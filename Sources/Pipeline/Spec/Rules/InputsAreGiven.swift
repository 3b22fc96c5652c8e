import Contract

/// Whatever fills a slot gives the artifacts that the slot needs.
enum InputsAreGiven: SpecRule {
  static func check(_ spec: Spec, kinds: [KindInfo]) throws(SpecError) {
    let byName = kinds.byName
    for stage in spec.stages + spec.leftOut {
      guard let kind = byName[stage.kind] else { continue }
      for input in stage.inputs {
        guard let slot = kind.inputs.first(where: { $0.name == input.slot }) else { continue }
        for reference in input.references {
          guard let source = spec.anyStage(named: reference.stage), let giver = byName[source.kind],
            let missing = slot.artifacts.first(where: { !giver.gives($0, as: source) })
          else { continue }
          throw SpecError(
            reference.place,
            "‘\(stage.name)’ needs ‘\(missing)’ of its input ‘\(slot.name)’, which"
              + " ‘\(reference.stage)’ (\(giver.name)) does not give",
            hint: "it gives: \(giver.outputs(of: source).map(\.name).joined(separator: ", "))")
        }
      }
    }
  }
}
