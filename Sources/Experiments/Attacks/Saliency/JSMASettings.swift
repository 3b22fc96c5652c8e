import Contract

/// What a stage that runs the saliency map attack is told in the spec.
package struct JSMASettings: AttackPiece, Hashable {
  /// The word for it in the spec.
  package static let kind = "jsma"
  /// What it is.
  package static let summary =
    "the saliency map attack, which changes few pixels (Papernot and others 2016, §III)"

  /// Υ, the most percent of the pixels that may change.
  package let upsilon: Double
  package let direction: JSMA.Direction
  package let map: SaliencyMap
  package let domain: JSMA.Domain

  /// Reads `upsilon` in percent, `direction` (`increase` or `decrease`), `map` (`pair` or `single`)
  /// and `domain` (`unsaturated` or `all`).
  package init(options: inout OptionReader) throws(OptionError) {
    upsilon = try options.double("upsilon", in: 0...100)
    direction = try options.choice("direction", of: JSMA.Direction.self)
    map = try options.choice("map", of: SaliencyMap.self)
    domain = try options.choice("domain", of: JSMA.Domain.self)
  }

  /// The attack on images of so many pixels.
  package func jsma(on pixels: Int) -> JSMA {
    JSMA(upsilon: upsilon, of: pixels, direction: direction, map: map, domain: domain)
  }

  /// The attack on images of so many pixels.
  package func attack(onImagesOf features: Int) -> any Attack { jsma(on: features) }

  /// Its budget and its search.
  package var words: String { "JSMA with \(text)" }

  /// In words.
  package var text: String {
    "Υ = \(upsilon) %, \(map == .pair ? "two pixels" : "one pixel") a step"
      + " \(direction == .increase ? "to white" : "to black")"
      + (domain == .all ? ", saturated pixels in the search" : "")
  }

  /// What a claim about its numbers may ask for.
  package var conditions: [String: String] {
    [
      "attack": "jsma", "upsilon": "\(upsilon)", "direction": direction.rawValue,
      "map": map.rawValue,
    ]
  }

  /// Where the paper is silent.
  package var deviations: [Deviation] {
    [
      Deviation(
        "saliency map attack: pixels that are already at the end of their range are"
          + (domain == .all ? " searched like all others" : " left out of the search"),
        because: "what the paper does with them is not known for certain; a step spent on one"
          + " changes nothing")
    ]
  }
}
