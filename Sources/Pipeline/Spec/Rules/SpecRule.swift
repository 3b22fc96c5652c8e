import Contract

/// What the rules need to know about a kind of stage.
struct KindInfo: Sendable {
  let name: String
  let inputs: [InputSlot]
  let outputs: [OutputSlot]

  /// A kind by its name and slots.
  init(name: String, inputs: [InputSlot], outputs: [OutputSlot]) {
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
  }

  /// What it gives under a name, or nil.
  func output(named name: String) -> OutputSlot? { outputs.first { $0.isNamed(name) } }

  /// The kind that a type implements.
  init(_ stage: any Stage.Type) {
    self.init(name: stage.kind, inputs: stage.inputs, outputs: stage.outputs)
  }
}

extension [KindInfo] {
  /// The kinds by their names.
  var byName: [String: KindInfo] {
    Dictionary(map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }
}

/// Something that must hold throughout a spec whose values have been decoded.
protocol SpecRule: Sendable {
  /// Throws at the first place where it does not hold.
  static func check(_ spec: Spec, kinds: [KindInfo]) throws(SpecError)
}

extension Spec {
  /// Every rule, in an order in which each may rely on those before it.
  private static let rules: [any SpecRule.Type] = [
    OnlyKnownProfiles.self, KindsExist.self, InputsExist.self, SlotsFit.self,
    NoCycles.self, InputsAreGiven.self, ClaimsRefer.self, SectionsRefer.self,
  ]

  /// Checks everything that concerns more than one value.
  func validate(kinds: [KindInfo]) throws(SpecError) {
    for rule in Self.rules { try rule.check(self, kinds: kinds) }
  }

  /// The stage of that name, be it of this profile or another; nil if there is none.
  func anyStage(named name: String) -> StageSpec? {
    stage(named: name) ?? leftOut(named: name)
  }

  /// The error for a name that no stage has.
  func unknownStage(_ name: String, at place: Place) -> SpecError {
    SpecError(
      place, "no stage is called \(quoted(name))",
      hint: suggestion(
        for: name, among: (stages + leftOut).map(\.name), otherwise: "there are the stages"))
  }
}
