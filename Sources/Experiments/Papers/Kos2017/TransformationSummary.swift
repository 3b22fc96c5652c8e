import Contract

/// Rates and distances over some attacks.
///
/// Kos, Fischer & Song 2017, §5: AS_ignore-target is the share of attacks after which the class read
/// differs from the true one, AS_target the share after which it is the target.
struct TransformationSummary {
  private let all: [Transformed]

  init(_ all: [Transformed]) { self.all = all }

  var count: Int { all.count }

  /// AS_ignore-target on codes of adversarial images.
  var ignoreBefore: Table.Cell { share { $0.before != $0.source } }
  /// AS_target on codes of adversarial images.
  var targetBefore: Table.Cell { share { $0.before == $0.target } }
  /// AS_ignore-target after reconstruction feedback.
  var ignoreAfter: Table.Cell { share { $0.after != $0.source } }
  /// AS_target after reconstruction feedback.
  var targetAfter: Table.Cell { share { $0.after == $0.target } }
  /// The share of codes that are still read as the true class.
  var accuracyBefore: Table.Cell { share { $0.before == $0.source } }

  /// The mean ‖x* − x‖.
  var distance: Double? { mean(\.distance) }

  /// The mean distance of reconstructions from the nearest clean one.
  var strangeness: Double? { mean(\.strangeness) }

  private func mean(_ value: (Transformed) -> Float) -> Double? {
    all.isEmpty ? nil : all.reduce(0.0) { $0 + Double(value($1)) } / Double(all.count)
  }

  /// The mean root of the mean squared change of a pixel: ‖x* − x‖ / √pixels.
  func deviation(pixels: Int) -> Double? { distance.map { $0 / Double(pixels).squareRoot() } }

  /// AS_ignore-target and AS_target after feedback in percent, each the mean over pairs of classes in
  /// which something was attacked, whatever their size.
  var meansOfCells: (ignore: Double?, target: Double?) {
    let cells = Dictionary(grouping: all) { [$0.source, $0.target] }.values
    guard !cells.isEmpty else { return (nil, nil) }
    func mean(_ holds: (Transformed) -> Bool) -> Double {
      // Sums of ratios depend on their order, so that is fixed.
      let shares = cells.map { Double($0.count(where: holds)) / Double($0.count) }.sorted()
      return shares.reduce(0, +) / Double(cells.count) * 100
    }
    return (mean { $0.after != $0.source }, mean { $0.after == $0.target })
  }

  /// The percentage of a share, nil without attacks.
  static func percent(_ cell: Table.Cell) -> Double? {
    if case .proportion(let hits, let total) = cell {
      Double(hits) / Double(total) * 100
    } else {
      nil
    }
  }

  private func share(_ holds: (Transformed) -> Bool) -> Table.Cell {
    all.isEmpty ? .missing : .proportion(hits: all.count(where: holds), total: all.count)
  }
}
