/// How often a model is right where it is most confident: it may reject what it is unsure of.
///
/// Images are ranked by confidence, equals by their place in the set. A share that is no whole number
/// of images is rounded up.
package struct RejectionCurve: Hashable, Sendable {
  /// The most confident images of a share.
  package struct Point: Hashable, Sendable {
    /// The share kept, in percent.
    package let share: Int
    /// How many images these are.
    package let kept: Int
    /// How many of them were named rightly.
    package let hits: Int

    package init(share: Int, kept: Int, hits: Int) {
      self.share = share
      self.kept = kept
      self.hits = hits
    }

    /// The share named rightly, in percent.
    package var accuracy: Double { Double(hits) / Double(kept) * 100 }
  }

  /// The shares, in percent.
  package static let shares = Array(stride(from: 10, through: 100, by: 10))

  /// A point a share, smallest first; empty without images.
  package let points: [Point]

  /// Ranks images.
  package init(_ scores: PredictiveScores) {
    let confidences = scores.confidences
    let order = confidences.indices.sorted {
      (confidences[$1], $0) < (confidences[$0], $1)
    }
    var sums = [0]
    for index in order { sums.append(sums[sums.count - 1] + (scores.isRight[index] ? 1 : 0)) }
    points =
      order.isEmpty
      ? []
      : Self.shares.map { share in
        let kept = (order.count * share + 99) / 100
        return Point(share: share, kept: kept, hits: sums[kept])
      }
  }

  /// The point of a share; nil without images.
  package func point(at share: Int) -> Point? { points.first { $0.share == share } }
}
