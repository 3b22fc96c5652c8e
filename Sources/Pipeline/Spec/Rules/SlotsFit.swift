import Contract

/// Every stage fills the slots of its kind: all of them, no others, and with one stage where one is
/// wanted.
enum SlotsFit: SpecRule {
  static func check(_ spec: Spec, kinds: [KindInfo]) throws(SpecError) {
    let byName = kinds.byName
    for stage in spec.stages + spec.leftOut {
      guard let kind = byName[stage.kind] else { continue }
      for input in stage.inputs {
        guard let slot = kind.inputs.first(where: { $0.name == input.slot }) else {
          throw unknownSlot(input, of: kind)
        }
        try check(input, fits: slot, in: spec)
      }
      let filled = Set(stage.inputs.map(\.slot))
      if let missing = kind.inputs.first(where: {
        !$0.isOptional && !filled.contains($0.name)
      }) {
        throw SpecError(
          stage.inputsPlace, "the input ‘\(missing.name)’ of ‘\(stage.name)’ is missing",
          hint: "add ‘\(missing.name): …’ to ‘inputs’, with the name of a stage")
      }
    }
  }

  private static func unknownSlot(_ input: StageSpec.Input, of kind: KindInfo) -> SpecError {
    let names = kind.inputs.map(\.name)
    let hint =
      names.isEmpty
      ? "‘\(kind.name)’ takes no inputs"
      : suggestion(for: input.slot, among: names, otherwise: "‘\(kind.name)’ takes")
    return SpecError(input.slotPlace, "unknown input \(quoted(input.slot))", hint: hint)
  }

  private static func check(
    _ input: StageSpec.Input, fits slot: InputSlot, in spec: Spec
  ) throws(SpecError) {
    guard let first = input.references.first else {
      throw SpecError(
        input.slotPlace, "the input ‘\(slot.name)’ is empty", hint: "give the name of a stage")
    }
    if slot.takesMany { return }
    if input.references.count > 1 {
      throw SpecError(
        input.references[1].place,
        "the input ‘\(slot.name)’ takes one stage, not \(input.references.count)",
        hint: "keep one of them")
    }
    let stage = spec.anyStage(named: first.stage)
    if let stage, stage.replicates > 1 {
      throw SpecError(
        first.place,
        "the input ‘\(slot.name)’ takes one answer, but ‘\(stage.name)’ has "
          + "\(stage.replicates) replicates",
        hint: "set its replicates to 1")
    }
  }
}
