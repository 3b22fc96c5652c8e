/// Every section shows stages of the spec, and no paper is there twice.
enum SectionsRefer: SpecRule {
  static func check(_ spec: Spec, kinds: [KindInfo]) throws(SpecError) {
    var ids: Set<String> = []
    for paper in spec.papers {
      guard ids.insert(paper.id).inserted else {
        throw SpecError(
          paper.place, "the paper ‘\(paper.id)’ is there twice", hint: "remove one of them")
      }
      for show in paper.sections.flatMap(\.show) where !spec.hasStage(named: show.stage) {
        throw spec.unknownStage(show.stage, at: show.place)
      }
    }
  }
}
