/// Every section shows stages of the spec, and no two papers share an id.
enum SectionsRefer: SpecRule {
  static func check(_ spec: Spec, kinds: [KindInfo]) throws(SpecError) {
    var ids: Set<String> = []
    for paper in spec.papers {
      guard ids.insert(paper.id).inserted else {
        throw SpecError(
          paper.place, "two papers are called ‘\(paper.id)’", hint: "give each its own id")
      }
      for show in paper.sections.flatMap(\.show) where !spec.hasStage(named: show.stage) {
        throw spec.unknownStage(show.stage, at: show.place)
      }
    }
  }
}
