/// Every stage is of a kind that is in the catalog.
enum KindsExist: SpecRule {
  static func check(_ spec: Spec, kinds: [KindInfo]) throws(SpecError) {
    let names = Set(kinds.map(\.name))
    guard let stage = (spec.stages + spec.leftOut).first(where: { !names.contains($0.kind) }) else {
      return
    }
    throw SpecError(
      stage.kindPlace, "unknown kind \(quoted(stage.kind))",
      hint: suggestion(
        for: stage.kind, among: kinds.map(\.name), otherwise: "there are the kinds"))
  }
}
