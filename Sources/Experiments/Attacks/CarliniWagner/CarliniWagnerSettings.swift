import Contract

/// What a stage that runs the L2 attack of Carlini & Wagner is told in the spec.
package struct CarliniWagnerSettings: AttackPiece, Hashable {
  /// The word for it in the spec.
  package static let kind = "carlini-wagner"
  /// What it is.
  package static let summary =
    "the nearest misread image in L2, by optimisation (Carlini & Wagner 2017, §V and §VI)"

  /// κ, in units of the scores.
  package let confidence: Double
  /// How many values of c are tried for an image.
  let searchSteps: Int
  /// Steps of Adam for each of them, at most.
  package let iterations: Int
  package let learningRate: Double
  /// The first c.
  let initialConstant: Double

  /// Reads `confidence`, `search-steps`, `iterations`, `learning-rate` and `initial-constant`.
  package init(options: inout OptionReader) throws(OptionError) {
    confidence = try options.double("confidence", in: 0...1000)
    searchSteps = try options.int("search-steps", in: 1...20)
    iterations = try options.int("iterations", in: 1...1_000_000)
    learningRate = try options.double("learning-rate", in: 1e-6...10)
    initialConstant = try options.double("initial-constant", in: 1e-10...1e6)
  }

  /// The attack.
  package var attack: CarliniWagner {
    CarliniWagner(
      confidence: Float(confidence), searchSteps: searchSteps, iterations: iterations,
      learningRate: Float(learningRate), initialConstant: initialConstant)
  }

  /// The attack, whatever the images.
  package func attack(onImagesOf features: Int) -> any Attack { attack }

  /// What a claim about its numbers may ask for.
  package var conditions: [String: String] {
    [
      "attack": "carlini-wagner-l2", "confidence": "\(confidence)",
      "search-steps": "\(searchSteps)", "iterations": "\(iterations)",
      "attack-learning-rate": "\(learningRate)",
    ]
  }

  /// Its search.
  package var words: String { "the attack of Carlini and Wagner with \(text)" }

  /// In words.
  package var text: String {
    "κ = \(confidence), \(searchSteps) values of c from \(initialConstant) on, at most"
      + " \(iterations) steps of Adam at a rate of \(learningRate) for each"
  }
}
