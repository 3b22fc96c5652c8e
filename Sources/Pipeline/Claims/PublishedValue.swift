/// What a paper prints for one claim.
enum PublishedValue: Hashable, Sendable {
  /// A single number.
  case number(PrintedValue)
  /// A table of numbers that is judged as one.
  case matrix(PublishedMatrix)

  /// What ours should come to: the number itself, or no deviation at all from the matrix.
  var target: Double {
    switch self {
    case .number(let number): number.value
    case .matrix: 0
    }
  }

  /// The matrix; nil if it is a single number.
  var matrix: PublishedMatrix? { if case .matrix(let matrix) = self { matrix } else { nil } }

  /// Half a unit of the last printed digit; of the coarsest cell, if there are several.
  var halfUnit: Double {
    switch self {
    case .number(let number): number.halfUnit
    case .matrix(let matrix): matrix.cells.map(\.value.halfUnit).max() ?? 0
    }
  }
}
