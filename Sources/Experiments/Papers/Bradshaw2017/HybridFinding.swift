import Contract
import Measures

/// One statement about two models, and what the runs say of it.
struct HybridFinding {
  /// Where the difference, hybrid minus plain, has to lie.
  enum Side {
    /// Below 0.
    case lower
    /// Above 0.
    case higher
  }

  /// What is said of the hybrid network.
  let statement: String
  /// The unit of the values compared.
  let unit: String
  /// Which side of 0 bears it out.
  let side: Side
  /// The plain network's values first, the hybrid's second.
  let difference: PairedDifference

  /// A statement and its numbers.
  init(_ statement: String, unit: String, _ side: Side, _ difference: PairedDifference) {
    self.statement = statement
    self.unit = unit
    self.side = side
    self.difference = difference
  }

  /// In words; without runs that both models have there is no verdict, and it says so.
  var verdict: String {
    guard let mean = difference.mean else { return "not measured" }
    guard let interval = difference.interval else {
      if mean == 0 { return "one run: no difference" }
      return (mean > 0) == (side == .higher) ? "one run: yes" : "one run: no"
    }
    if interval.contains(0) { return "open: the interval includes 0" }
    return (interval.lowerBound > 0) == (side == .higher) ? "holds" : "the opposite holds"
  }

  /// The columns of its row.
  static let columns = [
    Table.Column("statement", "of the hybrid network"), Table.Column("unit", "unit"),
    Table.Column("plain", "plain", decimals: 3), Table.Column("hybrid", "hybrid", decimals: 3),
    Table.Column("difference", "difference", decimals: 3),
    Table.Column("low", "from", decimals: 3), Table.Column("high", "to", decimals: 3),
    Table.Column("seeds", "runs"), Table.Column("verdict", "found here"),
  ]

  /// Its row.
  var cells: [Table.Cell] {
    [
      .text(statement), .text(unit), .measured(difference.first), .measured(difference.second),
      .measured(difference.mean), .measured(difference.interval?.lowerBound),
      .measured(difference.interval?.upperBound), .integer(difference.pairs), .text(verdict),
    ]
  }
}
