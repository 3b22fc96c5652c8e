/// Every claim that has a number points at a stage of the spec, be it of this profile or another.
enum ClaimsRefer: SpecRule {
  static func check(_ spec: Spec, kinds: [KindInfo]) throws(SpecError) {
    for claim in spec.claims {
      guard let stage = claim.cell?.stage, !spec.hasStage(named: stage.stage) else { continue }
      throw spec.unknownStage(stage.stage, at: stage.place)
    }
  }
}
