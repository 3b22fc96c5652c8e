/// Every input names a stage of the profile, and none names it twice in one slot.
///
/// A stage of other profiles may take stages of any; its own profiles are checked when they are used.
enum InputsExist: SpecRule {
  static func check(_ spec: Spec, kinds: [KindInfo]) throws(SpecError) {
    for stage in spec.stages + spec.leftOut {
      for input in stage.inputs {
        var seen: Set<String> = []
        for reference in input.references {
          try check(reference, of: stage, in: spec)
          guard seen.insert(reference.stage).inserted else {
            throw SpecError(
              reference.place, "\(quoted(reference.stage)) is there twice",
              hint: "name each stage once; its replicates come by themselves")
          }
        }
      }
    }
  }

  private static func check(
    _ reference: StageSpec.Reference, of stage: StageSpec, in spec: Spec
  ) throws(SpecError) {
    if spec.stage(named: reference.stage) != nil { return }
    guard let leftOut = spec.leftOut(named: reference.stage) else {
      throw spec.unknownStage(reference.stage, at: reference.place)
    }
    if stage.isPart(of: spec.profile) {
      throw SpecError(
        reference.place,
        "‘\(stage.name)’ needs ‘\(leftOut.name)’, which is \(leftOut.onlyText), not in"
          + " ‘\(spec.profile)’",
        hint: "give the input another value for the profile ‘\(spec.profile)’, or keep"
          + " ‘\(stage.name)’ to the same profiles with ‘only’")
    }
  }
}
