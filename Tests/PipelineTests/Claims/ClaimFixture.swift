@testable import Pipeline

/// Claims for tests: a good one, and the same with a few fields replaced.
enum ClaimFixture {
  static let fields = [
    "id": "paper2015.model.attack.error_rate", "paper": "paper2015", "year": "2015",
    "locator": "Sec. 4", "dataset": "MNIST test", "model": "a model", "attack": "FGSM",
    "setting": "eps=0.25", "metric": "error_rate", "value": "90.0", "unit": "percent",
    "direction": "lower_better", "source_confidence": "paper-text", "metric_kind": "attack_rate",
    "tolerance": "", "check": "ours >= 50", "requires": "data=mnist; test-images=10000", "note": "",
  ]

  /// The text of a claims file with one record for each set of replacements.
  static func csv(_ replacements: [[String: String]]) -> String {
    let columns = PublishedClaims.columns
    let rows = replacements.map { replaced in
      columns.map { replaced[$0] ?? fields[$0] ?? "" }
    }
    return CSVWriter.text([columns] + rows)
  }

  /// Claims read from such a file, beside which matrices may lie.
  static func claims(
    _ replacements: [[String: String]], file: String = "published/paper2015.csv",
    matrices: [(name: String, bytes: [UInt8])] = []
  ) throws -> [PublishedClaim] {
    try PublishedClaims.read([(name: file, bytes: Array(csv(replacements).utf8))] + matrices)
  }

  /// The good claim's conditions.
  static let conditions = ["data": "mnist", "test-images": "10000", "model/seed": "1"]
}
