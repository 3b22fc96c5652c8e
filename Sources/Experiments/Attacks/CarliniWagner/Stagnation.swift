/// Notices that an image's loss does not fall any more.
///
/// Carlini & Wagner's program looks at the whole batch; here each image is looked at alone, or what
/// becomes of it would depend on its batch mates.
struct Stagnation: Hashable {
  /// The share by which the loss must fall between two looks.
  static let leastGain: Float = 1e-4

  private let interval: Int
  private var seen = 0
  private var lowest = Float.infinity
  private var lowestBefore = Float.infinity

  /// Looks ten times in so many iterations, or each time where there are fewer.
  init(iterations: Int) { interval = max(1, iterations / 10) }

  /// Takes note of a loss, and says whether it is time to give up.
  mutating func notes(_ loss: Float) -> Bool {
    lowest = min(lowest, loss)
    defer { seen += 1 }
    guard seen % interval == 0 else { return false }
    defer { lowestBefore = lowest }
    // The loss may be negative, where κ is above 0.
    return seen > 0 && !(lowest < lowestBefore - Self.leastGain * lowestBefore.magnitude)
  }
}
