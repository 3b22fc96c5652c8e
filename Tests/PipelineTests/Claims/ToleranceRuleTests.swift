import Testing

@testable import Pipeline

@Suite("Tolerances") struct ToleranceRuleTests {
  static let cases: [([String: String], Int?, Double, Tolerance.Source)] = [
    (["metric_kind": "clean_error", "value": "0.50"], 10000, 0.15, .rule),
    (["metric_kind": "clean_error", "value": "1.60"], 10000, 0.32, .rule),
    (["metric_kind": "clean_error", "value": "99.06", "metric": "accuracy"], 10000, 0.188, .rule),
    (["metric_kind": "clean_error", "value": "0.0094", "unit": "fraction"], 10000, 0.00188, .rule),
    (
      [
        "metric_kind": "clean_error", "value": "9912", "unit": "count of 10000",
        "metric": "correct",
      ],
      10000, 17.6, .rule
    ),
    (
      ["metric_kind": "clean_error", "value": "94", "unit": "count of 10000", "metric": "errors"],
      10000, 18.8, .rule
    ),
    (["metric_kind": "attack_rate", "value": "2717", "unit": "count of 10000"], 10000, 300, .rule),
    (["metric_kind": "lower_bound", "value": "5.0"], 60000, 0.05, .rounding),
    (["metric_kind": "attack_rate"], 10000, 3, .rule),
    (["metric_kind": "attack_rate", "value": "0.9", "unit": "fraction"], 10000, 0.05, .rounding),
    (["metric_kind": "attack_rate", "value": "0.90", "unit": "fraction"], 10000, 0.03, .rule),
    (["metric_kind": "transfer"], 10000, 8, .rule), (MatrixFixture.fields, 400, 8, .rule),
    (MatrixFixture.fields, 10, 10, .oneCase),
    (MatrixFixture.fields.merging(["tolerance": "4", "note": "why"]) { $1 }, 400, 4, .declared),
    (["metric_kind": "confidence"], nil, 5, .rule),
    (["metric_kind": "distortion", "value": "4.02", "unit": "percent"], nil, 0.402, .rule),
    (["metric_kind": "distortion", "value": "0.1", "unit": "norm"], nil, 0.05, .rounding),
    (["metric_kind": "log_likelihood", "value": "-0.10", "unit": "nats"], nil, 0.05, .rule),
    (["metric_kind": "log_likelihood", "value": "-2.00", "unit": "nats"], nil, 0.4, .rule),
    (["metric_kind": "attack_rate"], 20, 5, .oneCase),
    (["metric_kind": "attack_rate"], 34, 3, .rule),
    (["metric_kind": "attack_rate", "tolerance": "1", "note": "why"], 10000, 1, .declared),
    (["tolerance": "0.01", "note": "why"], 10000, 0.05, .rounding),
    (["tolerance": "0.01", "note": "why", "value": "90.000"], 10000, 0.01, .declared),
    (["tolerance": "0.01", "note": "why", "value": "90.000"], 5000, 0.02, .oneCase),
    (["metric_kind": "distortion", "value": "100", "unit": "pixels"], 4, 10, .rule),
  ]

  @Test("the largest of rule, rounding and one case", arguments: cases)
  func effective(
    replaced: [String: String], cases: Int?, value: Double, source: Tolerance.Source
  ) throws {
    let isMatrix = replaced["metric_kind"] == "matrix"
    let claim = try ClaimFixture.claims(
      [replaced], matrices: isMatrix ? [MatrixFixture.file()] : [])[0]
    let tolerance = ToleranceRule.effective(for: claim, cases: cases)
    #expect(abs(tolerance.value - value) < 1e-12, "\(tolerance)")
    #expect(tolerance.source == source)
  }
}
