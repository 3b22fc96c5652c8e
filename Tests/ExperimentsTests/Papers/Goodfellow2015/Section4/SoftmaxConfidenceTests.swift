import Kernels
import Testing

@testable import Contract
@testable import Goodfellow2015

@Suite struct SoftmaxConfidenceTests {
  private static func options(_ epochs: [Setting]) -> [String: Setting] {
    ToyDigits.descent().merging(["epsilon": .double(0.1), "epochs": .list(epochs)]) { $1 }
  }

  /// Each row is what a training of that length, with the same seed, ends with.
  @Test func aRowIsATrainingOfThatLength() throws {
    let inputs = ["data": [ToyDigits.input(ToyDigits.small)]]
    let course = try ToyDigits.run(
      SoftmaxConfidence.self, Self.options([.int(3), .int(1)]), inputs: inputs)
    let single = try ToyDigits.run(
      SoftmaxConfidence.self, Self.options([.int(3)]), inputs: inputs)
    guard case .table(let table)? = course.artifacts["course"],
      case .table(let last)? = single.artifacts["course"],
      case .plot(let plot)? = course.artifacts["curve"]
    else {
      Issue.record("a course is a table and a plot")
      return
    }
    #expect(table.rows.map { $0[0] } == [.integer(1), .integer(3)])
    #expect(Array(table.rows[1...]) == last.rows)
    #expect(table.rows[0] != table.rows[1])
    #expect(plot.series.flatMap(\.points).map(\.x) == [1, 3])
    #expect(course.conditions["data"] == "synthetic digits")
  }

  @Test func halfAnEpochIsRefused() {
    var reader = OptionReader(Self.options([.int(1), .double(2.5)]))
    let error = #expect(throws: OptionError.self) { try SoftmaxConfidence(options: &reader) }
    #expect(error?.path == ["epochs", "1"])
  }
}
