import Contract

/// What we measured for one claim.
struct Observation: Hashable, Sendable {
  /// One replicate's answer.
  enum Measure: Hashable, Sendable {
    /// A share of cases.
    case proportion(hits: Int, total: Int)
    /// A number in the claim's unit, and over how many cases it is a mean, if it is one.
    case number(Double, cases: Int? = nil)
    /// A whole table, in any order and with cells that no paper prints.
    case matrix([Cell])
    /// No answer.
    case missing

    /// What a table's cell says; nil if it holds words.
    init?(_ cell: Table.Cell) {
      switch cell {
      case .proportion(let hits, let total): self = .proportion(hits: hits, total: total)
      case .number(let value): self = .number(value)
      case .integer(let count): self = .number(Double(count))
      case .missing: self = .missing
      case .text: return nil
      }
    }

    /// The value in a claim's unit; nil if there is no single finite one.
    func value(in unit: ClaimUnit) -> Double? {
      switch self {
      case .proportion(let hits, let total):
        guard let whole = unit.whole, total > 0, (0...total).contains(hits) else { return nil }
        return Double(hits) * whole / Double(total)
      case .number(let value, _): return value.isFinite ? value : nil
      case .matrix, .missing: return nil
      }
    }

    /// Over how many cases it is a share or a mean; nil if it is none.
    var cases: Int? {
      switch self {
      case .proportion(_, let total): total
      case .number(_, let cases): cases.flatMap { $0 > 0 ? $0 : nil }
      case .matrix, .missing: nil
      }
    }
  }

  /// One cell of a matrix.
  struct Cell: Hashable, Sendable {
    /// What tells it apart from the others, one word a key column.
    let key: [String]
    /// What was measured.
    let measure: Measure

    /// A cell.
    init(_ key: [String], _ measure: Measure) {
      self.key = key
      self.measure = measure
    }

    /// A row of a table; nil where one of the keys is no word and no number.
    ///
    /// `names` are the paper's words for ours.
    init?(_ row: [Table.Cell], keys: [Int], column: Int, names: [String: String] = [:]) {
      let words = keys.compactMap { row[$0].word.map { names[$0] ?? $0 } }
      guard words.count == keys.count else { return nil }
      self.init(words, Measure(row[column]) ?? .missing)
    }
  }

  /// The replicates, which differ in their seed only.
  var replicates: [Measure]
  /// What they were made under.
  var conditions: [String: String]

  /// Replicates and their conditions.
  init(_ replicates: [Measure], conditions: [String: String]) {
    self.replicates = replicates
    self.conditions = conditions
  }
}

extension Table.Cell {
  /// The cell as a published file would name it.
  fileprivate var word: String? {
    switch self {
    case .text(let text): text
    case .integer(let value): value.description
    case .number(let value): value.shortestText
    case .proportion, .missing: nil
    }
  }
}
