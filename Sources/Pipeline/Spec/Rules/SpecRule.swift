import Contract

/// What the rules need to know about a kind of stage.
struct KindInfo: Sendable {
  let name: String
  let inputs: [InputSlot]
  /// All that stages of the kind may give.
  let outputs: [OutputSlot]
  private let decode: (@Sendable (inout OptionReader) throws(OptionError) -> [OutputSlot])?

  /// A kind by its name and slots.
  init(name: String, inputs: [InputSlot], outputs: [OutputSlot]) {
    (self.name, self.inputs, self.outputs, decode) = (name, inputs, outputs, nil)
  }

  /// The kind that a type implements.
  init(_ stage: any Stage.Type) {
    (name, inputs, outputs) = (stage.kind, stage.inputs, stage.outputs)
    decode = { reader throws(OptionError) in try stage.init(options: &reader).outputs }
  }

  /// What a stage of the kind gives; all that it may give where its options are wrong, which is told
  /// by whoever decodes them.
  func outputs(of stage: StageSpec) -> [OutputSlot] {
    var reader = OptionReader(stage.options)
    return decode.flatMap { try? $0(&reader) } ?? outputs
  }

  /// Whether a stage of the kind gives an artifact of that name.
  func gives(_ artifact: String, as stage: StageSpec) -> Bool {
    guard let output = outputs.first(where: { $0.isNamed(artifact) }) else { return false }
    return !output.isOptional || outputs(of: stage).contains { $0.isNamed(artifact) }
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
