import Contract

/// Every section shows stages of the spec and what they give, under its right name, and no paper is
/// there twice.
enum SectionsRefer: SpecRule {
  static func check(_ spec: Spec, kinds: [KindInfo]) throws(SpecError) {
    let byName = kinds.byName
    var ids: Set<String> = []
    for paper in spec.papers {
      guard ids.insert(paper.id).inserted else {
        throw SpecError(
          paper.place, "the paper ‘\(paper.id)’ is there twice", hint: "remove one of them")
      }
      for show in paper.sections.flatMap(\.show) {
        guard let stage = spec.anyStage(named: show.stage) else {
          throw spec.unknownStage(show.stage, at: show.place)
        }
        if let kind = byName[stage.kind] {
          try check(show, given: kind.outputs(of: stage), by: kind.name)
        }
      }
    }
  }

  private static func check(
    _ show: PaperSpec.Show, given outputs: [OutputSlot], by kind: String
  ) throws(SpecError) {
    guard let artifact = show.artifact else { return }
    let shown = outputs.filter { $0.form != .tensors }
    guard let output = shown.first(where: { $0.isNamed(artifact) }) else {
      throw SpecError(
        show.place,
        "‘\(show.stage)’ (\(kind)) gives nothing to show that is called"
          + " ‘\(artifact)’",
        hint: suggestion(for: artifact, among: shown.map(\.name), otherwise: "it gives"))
    }
    let form: PaperSpec.Show.Form = output.form == .table ? .table : .figure
    guard show.form == .show || show.form == form else {
      throw SpecError(
        show.place, "‘\(show.stage)/\(artifact)’ is a \(form), no \(show.form)",
        hint: "write {{\(form) \(show.stage)/\(artifact)}}")
    }
  }
}
