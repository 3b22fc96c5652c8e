/// What a table of FGSM attacks of one size is told in the spec.
struct FGSMSettings: Hashable, Sendable {
  /// How far each pixel moves, in pixel units.
  let epsilon: Double
  /// Whether the result is cut off at black and white.
  let clips: Bool

  /// Reads `epsilon` and `clip`.
  init(_ options: inout OptionReader) throws(OptionError) {
    epsilon = try options.double("epsilon", in: 0...1)
    clips = try options.bool("clip")
  }

  /// The attack.
  var attack: FGSM { FGSM(Ball(epsilon: Float(epsilon), clips: clips)) }

  /// What a claim about its numbers may ask for.
  var conditions: [String: String] {
    ["attack": "fgsm", "epsilon": "\(epsilon)", "clipping": "\(clips)"]
  }

  /// In words, such as `ε = 0.25` or `ε = 0.25, clipped to 0…1`.
  var text: String { "ε = \(epsilon)" + (clips ? ", clipped to 0…1" : "") }

  /// The same, and that nothing is clipped where nothing is.
  var fullText: String { text + (clips ? "" : ", not clipped") }
}
