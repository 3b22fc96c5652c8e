import Testing

@testable import Bradshaw2017
@testable import Contract
@testable import Measures

@Suite struct CalibrationTableTests {
  @Test func tablesAndPlotsAgreeWithTheMeasures() throws {
    let output = try ToyDigits.run(CalibrationTable.self, [:], inputs: ToyShift.inputs())
    #expect(
      output.artifacts.keys.sorted()
        == ["rejection-plot", "reliability", "reliability-plot", "summary"])
    let (summary, bins) = (try output.table("summary"), try output.table("reliability"))
    #expect(summary.rows.count == 6 && bins.rows.count == 60)
    let model = try ToyDigits.maxout.get().classifier()
    let test = Evaluator(ToyShift.other.test, for: model.classes, in: ToyModels.workspace)
    let scores = try test.scores(of: model)
    let (calibration, curve) = (Calibration(scores), RejectionCurve(scores))
    #expect(
      summary.column("calibration_error")[5]
        == .measured(calibration.expectedError.map { $0 * 100 }))
    #expect(
      summary.column("kept_accuracy")[5]
        == .proportion(hits: curve.points[8].hits, total: 54))
    #expect(Array(bins.column("bin")[50...]) == (1...10).map { Table.Cell.integer($0) })
    #expect(
      Array(bins.column("count")[50...])
        == calibration.bins.map { Table.Cell.integer($0.count) })
    #expect(bins.column("lower")[51] == .integer(10))
    let reliability = try output.plot("reliability-plot")
    let rejection = try output.plot("rejection-plot")
    let name = ToyDigits.parts.name
    let names = ["plain, \(name)", "plain, turned", "hybrid, \(name)", "hybrid, turned"]
    #expect(reliability.series.dropFirst().map(\.name) == names)
    #expect(rejection.series.map(\.name) == names)
    #expect(rejection.series[3].points.map(\.y) == curve.points.map(\.accuracy))
    #expect(
      reliability.series[4].points.count == calibration.bins.count { $0.count > 0 })
    let ends = rejection.series[0].points[9]
    #expect((ends.low ?? 101) <= ends.y && ends.y <= (ends.high ?? -1))
  }

  @Test func emptyBinsAreMissingAndNotZero() throws {
    let output = try ToyDigits.run(CalibrationTable.self, [:], inputs: ToyShift.inputs())
    let bins = try output.table("reliability")
    // The named one of ten classes has at least a tenth, so nothing is in the first bin but by rounding.
    #expect(bins.column("count")[0] == .integer(0))
    #expect(bins.column("confidence")[0] == .missing && bins.column("accuracy")[0] == .missing)
  }
}
