/// Every claim points at a stage of the spec.
enum ClaimsRefer: SpecRule {
  static func check(_ spec: Spec, kinds: [KindInfo]) throws(SpecError) {
    for claim in spec.claims where spec.stage(named: claim.stage.stage) == nil {
      throw spec.unknownStage(claim.stage.stage, at: claim.stage.place)
    }
  }
}
