/// Whether a model is right as often as it says: accuracy beside confidence, bin by bin.
///
/// Ten bins of equal width; a confidence on an edge belongs to the bin above it, and 1 to the last.
package struct Calibration: Hashable, Sendable {
  /// The images of one bin.
  package struct Bin: Hashable, Sendable {
    /// How many there are.
    package fileprivate(set) var count = 0
    /// How many of them were named rightly.
    package fileprivate(set) var hits = 0
    fileprivate var total = 0.0

    /// Their mean confidence, 0…1; nil for an empty bin.
    package var confidence: Double? { count > 0 ? total / Double(count) : nil }
    /// The share named rightly, 0…1; nil for an empty bin.
    package var accuracy: Double? { count > 0 ? Double(hits) / Double(count) : nil }
  }

  /// How many bins there are.
  package static let binCount = 10

  /// The bins, least confident first.
  package let bins: [Bin]

  /// Sorts images into bins.
  package init(_ scores: PredictiveScores) {
    var bins = [Bin](repeating: Bin(), count: Self.binCount)
    for (confidence, isRight) in zip(scores.confidences, scores.isRight) {
      let place = Int((Double(confidence) * Double(Self.binCount)).rounded(.down))
      let bin = min(max(place, 0), Self.binCount - 1)
      bins[bin].count += 1
      bins[bin].hits += isRight ? 1 : 0
      bins[bin].total += Double(confidence)
    }
    self.bins = bins
  }

  /// The expected calibration error, 0…1: the mean distance between accuracy and confidence, a bin
  /// counting by its images; nil without images.
  package var expectedError: Double? {
    let count = bins.reduce(0) { $0 + $1.count }
    guard count > 0 else { return nil }
    // |hits − Σ confidence| is a bin's distance times its count.
    return bins.reduce(0.0) { $0 + abs(Double($1.hits) - $1.total) } / Double(count)
  }
}
