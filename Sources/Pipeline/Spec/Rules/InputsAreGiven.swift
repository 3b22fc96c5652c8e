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
          guard let giver = spec.anyStage(named: reference.stage).flatMap({ byName[$0.kind] }),
            let missing = slot.artifacts.first(where: { giver.output(named: $0) == nil })
          else { continue }
          throw SpecError(
            reference.place,
            "‘\(stage.name)’ needs ‘\(missing)’ of its input ‘\(slot.name)’, which"
              + " ‘\(reference.stage)’ (\(giver.name)) does not give",
            hint: "it gives: \(giver.outputs.map(\.name).joined(separator: ", "))")
        }
      }
    }
  }
}
