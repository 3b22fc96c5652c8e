import Testing

@testable import Pipeline

/// The published cells are 10, 20, 30 and 40 %, and the check is `spearman >= 0.5`.
@Suite("Judging a matrix") struct MatrixJudgeTests {
  /// What was measured, the mean absolute deviation and rank correlation by hand, what follows.
  struct Case: CustomStringConvertible, Sendable {
    let description: String
    let ours: [Double]
    let deviation: Double
    let correlation: Double?
    let verdict: Verdict
    var reason = ""
  }

  static let cases: [Case] = [
    Case(
      description: "equal", ours: [10, 20, 30, 40], deviation: 0, correlation: 1,
      verdict: .reproduced),
    Case(
      description: "(2 + 4 + 0 + 10) / 4", ours: [12, 16, 30, 50], deviation: 4, correlation: 1,
      verdict: .reproduced),
    Case(
      description: "at the edge, ranks 1 3 2 4", ours: [18, 28, 22, 32], deviation: 8,
      correlation: 0.8,
      verdict: .reproduced),
    Case(
      description: "just outside", ours: [18, 28, 38, 48.04], deviation: 8.01, correlation: 1,
      verdict: .directionOnly, reason: "holds: spearman >= 0.5"),
    Case(
      description: "ranks 2 1 4 3, so 1 − 6 · 4 / 60", ours: [60, 50, 80, 70], deviation: 40,
      correlation: 0.6, verdict: .directionOnly),
    Case(
      description: "ranks 2 3 1 4, so 1 − 6 · 6 / 60", ours: [60, 70, 50, 80], deviation: 40,
      correlation: 0.4, verdict: .notReproduced, reason: "fails: spearman >= 0.5"),
    Case(
      description: "equals share their rank", ours: [30, 30, 50, 50], deviation: 15,
      correlation: 0.8.squareRoot(), verdict: .directionOnly),
    Case(
      description: "the other way round", ours: [40, 30, 20, 10], deviation: 20, correlation: -1,
      verdict: .notReproduced, reason: "fails"),
    Case(
      description: "no ranks at all", ours: [25, 25, 25, 25], deviation: 10, correlation: nil,
      verdict: .notReproduced, reason: "want of a value: spearman"),
  ]

  private func result(
    _ ours: [Observation.Measure], conditions: [String: String] = ClaimFixture.conditions,
    claim replaced: [String: String] = [:]
  ) throws -> ClaimResult {
    let claims = try MatrixFixture.claim(replaced)
    let observation = Observation(ours, conditions: conditions)
    return try #require(try judge(claims, [claims[0].id: observation], by: .factsAlone).first)
  }

  @Test("deviation, correlation and verdict", arguments: cases)
  func verdict(_ example: Case) throws {
    let result = try result([MatrixFixture.measure(example.ours)])
    let ours = try #require(result.ours)
    #expect(abs(ours.mean - example.deviation) < 1e-9 && ours.interval == nil)
    #expect(
      ours.rankCorrelation.map { ($0 * 1e9).rounded() / 1e9 }
        == example.correlation.map { ($0 * 1e9).rounded() / 1e9 })
    #expect(result.verdict == example.verdict)
    #expect(result.reason.contains(example.reason) || example.reason.isEmpty, "\(result.reason)")
  }

  @Test("few cases give no interval, so a matrix is never merely consistent")
  func shares() throws {
    let shares = [1, 2, 3, 4].map { Observation.Measure.proportion(hits: $0, total: 5) }
    let result = try result([.matrix(MatrixFixture.cells(shares))])
    #expect(result.ours?.mean == 25 && result.ours?.cases == 20 && result.ours?.interval == nil)
    #expect(result.verdict == .directionOnly)
  }

  @Test("each seed is compared by itself, and the mean of them judged")
  func replicates() throws {
    let result = try result([
      MatrixFixture.measure([12, 16, 30, 50]), MatrixFixture.measure([40, 30, 20, 10]),
    ])
    #expect(result.ours?.values == [4, 20] && result.ours?.mean == 12)
    #expect(result.ours?.rankCorrelation == 0 && result.verdict == .notReproduced)
    let half = try self.result([MatrixFixture.measure([12, 16, 30, 50]), .missing])
    #expect(half.verdict == .notRun && half.reason == "ours is no matrix")
  }

  @Test("cells that the paper does not print are ignored")
  func extra() throws {
    let cells = MatrixFixture.cells([10, 20, 30, 40].map { .number($0) })
    let extra = [
      Observation.Cell(["0", "0"], .missing), .init(["all", "all"], .number(90)),
      .init(["all", "all"], .number(91)),
    ]
    let result = try result([.matrix(extra + cells.reversed())])
    #expect(result.verdict == .reproduced && result.ours?.mean == 0)
  }

  @Test("without exactly one value for every cell there is no verdict")
  func incomplete() throws {
    let cells = MatrixFixture.cells([10, 20, 30, 40].map { .number($0) })
    let absent = try result([.matrix(Array(cells.dropFirst(2)))])
    #expect(absent.verdict == .notRun && absent.ours == nil)
    #expect(
      absent.reason
        == "our table lacks 2 of the paper's 4 cells, the first of them source 0, target 1")
    let twice = try result([.matrix(cells + [cells[1]])])
    #expect(twice.verdict == .notRun)
    #expect(twice.reason == "the cell source 0, target 2 stands 2 times in our table")
    for gap in [Observation.Measure.missing, .number(.nan), .proportion(hits: 0, total: 0)] {
      let result = try result([.matrix(MatrixFixture.cells([gap, .number(1), .number(2), gap]))])
      #expect(result.verdict == .notRun)
      #expect(result.reason == "the cell source 0, target 1 has no value")
    }
    #expect(try result([.number(0)]).reason == "ours is no matrix")
    #expect(try result([]).reason == "there is no replicate")
  }

  @Test("conditions and memory count as for any claim")
  func conditions() throws {
    let equal = MatrixFixture.measure([10, 20, 30, 40])
    let other = try result([equal], conditions: ["data": "synthetic digits"])
    #expect(other.verdict == .notComparable && other.reason.contains("data is ‘synthetic digits’"))
    let memory = try result([equal], claim: ["source_confidence": "memory"])
    #expect(memory.verdict == .notGated && memory.reason.contains("from memory"))
    let none = try #require(try judge(MatrixFixture.claim(), [:], by: .factsAlone).first)
    #expect(none.verdict == .notRun && none.reason == "no stage measures it")
  }

  @Test("a matrix is no answer to a claim about one number")
  func number() throws {
    let claims = try ClaimFixture.claims([[:]])
    let matrix = MatrixFixture.measure([10, 20, 30, 40])
    let observation = Observation([matrix], conditions: ClaimFixture.conditions)
    let result = try #require(try judge(claims, [claims[0].id: observation], by: .factsAlone).first)
    #expect(result.verdict == .notRun && result.reason == "a replicate has no value")
  }
}
