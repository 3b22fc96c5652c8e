import Contract

/// Success and distortion over some attacks.
struct CraftingSummary {
  let attacks: Int
  let successes: Int
  /// Mean share of the pixels that were changed, in percent.
  let distortion: Double?
  /// The same over the attacks that succeeded.
  let distortionOfSuccesses: Double?

  /// Over attacks on images of so many pixels, with at most `limit` of them changed.
  ///
  /// The way of an attack does not depend on its budget, only its end does: what a smaller budget
  /// would have given can be told from a larger one, step by step. Each step changes `pixelsAtOnce`.
  init(
    _ crafted: [Crafted], pixels: Int, limit: Int? = nil, pixelsAtOnce: Int = 2
  ) {
    let steps = limit.map { $0 / pixelsAtOnce } ?? Int.max
    var (changed, won) = (0, (count: 0, changed: 0))
    for one in crafted {
      let pixels = one.steps <= steps ? one.changed : steps * pixelsAtOnce
      changed += pixels
      guard one.isSuccess, one.steps <= steps else { continue }
      won.count += 1
      won.changed += pixels
    }
    func percent(_ changed: Int, _ count: Int) -> Double? {
      count > 0 ? Double(changed) / Double(count * pixels) * 100 : nil
    }
    attacks = crafted.count
    successes = won.count
    distortion = percent(changed, crafted.count)
    distortionOfSuccesses = percent(won.changed, won.count)
  }

  /// H = Σ (τₖ₊₁ − τₖ)·(εₖ₊₁ + εₖ)/2 over rising budgets of pixels, where τ is the share of successes
  /// and ε the mean distortion in percent; nil without attacks.
  static func hardness(_ crafted: [Crafted], pixels: Int, budgets: [Int]) -> Double? {
    guard !crafted.isEmpty else { return nil }
    let points = budgets.map { limit in
      let seen = CraftingSummary(crafted, pixels: pixels, limit: limit)
      return (share: Double(seen.successes) / Double(seen.attacks), mean: seen.distortion ?? 0)
    }
    return zip(points, points.dropFirst()).reduce(0.0) { sum, step in
      sum + (step.1.share - step.0.share) * (step.1.mean + step.0.mean) / 2
    }
  }

  /// The share of successes, or missing where nothing was attacked.
  var successCell: Table.Cell {
    attacks > 0 ? .proportion(hits: successes, total: attacks) : .missing
  }
}
