@testable import Pipeline

/// A published matrix of two metrics, and what is measured of one of them.
enum MatrixFixture {
  static let name = "paper2015_cells.csv"

  static let text = """
    source,target,metric,value
    0,1,rate_percent,10
    0,2,rate_percent,20.0
    1,0,rate_percent,30
    1,2,rate_percent,40.00
    0,1,other_percent,5

    """

  /// What turns the good claim into one about the matrix.
  static let fields = [
    "id": "paper2015.cells", "metric": "rate_percent", "value": name, "metric_kind": "matrix",
    "check": "spearman >= 0.5",
  ]

  /// The matrix's file, or another text in its place.
  static func file(_ text: String = text) -> (name: String, bytes: [UInt8]) {
    ("published/\(name)", Array(text.utf8))
  }

  /// The claim about the matrix.
  static func claim(_ replaced: [String: String] = [:]) throws -> [PublishedClaim] {
    try ClaimFixture.claims([fields.merging(replaced) { $1 }], matrices: [file()])
  }

  /// The cells of one replicate in the order of the file, in percent.
  static func measure(_ values: [Double]) -> Observation.Measure {
    .matrix(cells(values.map { .number($0) }))
  }

  static func cells(_ measures: [Observation.Measure]) -> [Observation.Cell] {
    zip([["0", "1"], ["0", "2"], ["1", "0"], ["1", "2"]], measures).map { .init($0, $1) }
  }
}
