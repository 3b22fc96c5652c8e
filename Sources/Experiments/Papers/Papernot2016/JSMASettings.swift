import Attacks
import Contract

/// What a stage that runs the saliency map attack is told in the spec.
struct JSMASettings: Hashable, Sendable {
  /// Υ, the most percent of the pixels that may change.
  let upsilon: Double
  let direction: JSMA.Direction
  let map: SaliencyMap
  let domain: JSMA.Domain

  /// Reads `upsilon` in percent, `direction` (`increase` or `decrease`), `map` (`pair` or `single`)
  /// and `domain` (`unsaturated` or `all`).
  init(_ options: inout OptionReader) throws(OptionError) {
    upsilon = try options.double("upsilon", in: 0...100)
    direction = try options.choice("direction", of: JSMA.Direction.self)
    map = try options.choice("map", of: SaliencyMap.self)
    domain = try options.choice("domain", of: JSMA.Domain.self)
  }

  /// The attack on images of so many pixels.
  func attack(on pixels: Int) -> JSMA {
    JSMA(upsilon: upsilon, of: pixels, direction: direction, map: map, domain: domain)
  }

  /// In words.
  var text: String {
    "Υ = \(upsilon) %, \(map == .pair ? "two pixels" : "one pixel") a step"
      + " \(direction == .increase ? "to white" : "to black")"
      + (domain == .all ? ", saturated pixels in the search" : "")
  }

  /// What a claim about its numbers may ask for.
  var conditions: [String: String] {
    [
      "attack": "jsma", "upsilon": "\(upsilon)", "direction": direction.rawValue,
      "map": map.rawValue,
    ]
  }

  /// Where the paper is silent.
  var deviations: [Deviation] {
    [
      Deviation(
        "saliency map attack: pixels that are already at the end of their range are"
          + (domain == .all ? " searched like all others" : " left out of the search"),
        because: "what the paper does with them is not known for certain; a step spent on one"
          + " changes nothing")
    ]
  }
}
