import Contract

/// The weight λ of the distance at which an attack moves images as far as the paper's did.
///
/// Protocols remember mean distances, and weights whose convention is not known. λ is sought on
/// validation images among the values of the spec, and then between the two that enclose the
/// distance, by their geometric mean.
struct LambdaCalibration {
  /// The distance aimed at.
  let distance: Double
  /// How often the bracket is halved.
  static let halvings = 4

  /// One trial.
  struct Trial: Hashable {
    let lambda: Double
    let distance: Double
    let ignoreAfter: Table.Cell
    let targetAfter: Table.Cell
  }

  /// All trials by rising λ, and the λ whose distance comes nearest.
  func run(
    _ ladder: [Double], _ trial: (Double) throws -> [Transformed]
  ) rethrows -> (lambda: Double, trials: [Trial]) {
    var trials: [Trial] = []
    func measure(_ lambda: Double) throws -> Trial {
      let summary = TransformationSummary(try trial(lambda))
      let one = Trial(
        lambda: lambda, distance: summary.distance ?? 0, ignoreAfter: summary.ignoreAfter,
        targetAfter: summary.targetAfter)
      trials.append(one)
      return one
    }
    let first = try Set(ladder).sorted().map(measure)
    // The larger λ, the nearer the image stays.
    let place = first.indices.dropLast().first {
      first[$0].distance >= distance && first[$0 + 1].distance < distance
    }
    if let place {
      var (low, high) = (first[place], first[place + 1])
      for _ in 0..<Self.halvings {
        let middle = try measure((low.lambda * high.lambda).squareRoot())
        if middle.distance >= distance { low = middle } else { high = middle }
      }
    }
    let sorted = trials.sorted { $0.lambda < $1.lambda }
    let nearest = sorted.min { abs($0.distance - distance) < abs($1.distance - distance) }
    return (nearest?.lambda ?? ladder[0], sorted)
  }

  /// The trials as a table.
  func table(_ trials: [Trial], chosen: Double, images: Int) -> Table {
    Table(
      caption: "Trials of λ on \(images) validation images, each towards every other class; the one"
        + " whose mean distance is nearest to \(distance) is taken.",
      columns: [
        Table.Column("lambda", "λ", decimals: 5),
        Table.Column("mean_l2", "mean ‖x* − x‖", decimals: 3),
        Table.Column("ignore_target_rate", "AS ignoring the target", unit: "%", decimals: 2),
        Table.Column("target_rate", "AS of the target", unit: "%", decimals: 2),
        Table.Column("chosen", "taken"),
      ],
      rows: trials.map {
        [
          .number($0.lambda), .number($0.distance), $0.ignoreAfter, $0.targetAfter,
          .text($0.lambda == chosen ? "yes" : ""),
        ]
      })
  }
}
