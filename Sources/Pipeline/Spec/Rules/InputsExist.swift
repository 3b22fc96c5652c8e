/// Every input names a stage of the spec, and none names it twice in one slot.
enum InputsExist: SpecRule {
  static func check(_ spec: Spec, kinds: [KindInfo]) throws(SpecError) {
    for stage in spec.stages {
      for input in stage.inputs {
        var seen: Set<String> = []
        for reference in input.references {
          guard spec.stage(named: reference.stage) != nil else {
            throw spec.unknownStage(reference.stage, at: reference.place)
          }
          guard seen.insert(reference.stage).inserted else {
            throw SpecError(
              reference.place, "\(quoted(reference.stage)) is there twice",
              hint: "name each stage once; its replicates come by themselves")
          }
        }
      }
    }
  }
}
