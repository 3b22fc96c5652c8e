import Contract

/// What a table of FGSM attacks of one size is told in the spec.
package struct FGSMSettings: Hashable, Sendable {
  /// How far each pixel moves, in pixel units.
  package let epsilon: Double
  /// Whether the result is cut off at black and white.
  package let clips: Bool

  /// Reads `epsilon` and `clip`.
  package init(_ options: inout OptionReader) throws(OptionError) {
    epsilon = try options.double("epsilon", in: 0...1)
    clips = try options.bool("clip")
  }

  /// The attack.
  package var attack: FGSM { FGSM(LInfBall(epsilon: Float(epsilon), clips: clips)) }

  /// What a claim about its numbers may ask for.
  package var conditions: [String: String] {
    ["attack": "fgsm", "epsilon": "\(epsilon)", "clipping": "\(clips)"]
  }

  /// In words, such as `ε = 0.25` or `ε = 0.25, clipped to 0…1`.
  package var text: String { "ε = \(epsilon)" + (clips ? ", clipped to 0…1" : "") }

  /// The same, and that nothing is clipped where nothing is.
  package var fullText: String { text + (clips ? "" : ", not clipped") }
}
