import Measures
import Testing

@testable import Pipeline

@Suite("Judging") struct JudgeTests {
  /// One case: the claim (90.0 % ± 3, check `ours >= 50`) as changed, what was measured, what follows.
  struct Case: CustomStringConvertible, Sendable {
    let description: String
    var claim: [String: String] = [:]
    var ours: [Observation.Measure]? = [.number(90)]
    var conditions = ClaimFixture.conditions
    let verdict: Verdict
    var reason = ""
  }

  static let cases: [Case] = [
    Case(description: "equal", verdict: .reproduced),
    Case(description: "at the upper edge", ours: [.number(93)], verdict: .reproduced),
    Case(description: "at the lower edge", ours: [.number(87)], verdict: .reproduced),
    Case(
      description: "an edge that binary cannot hold", claim: ["value": "99.9"],
      ours: [.proportion(hits: 9690, total: 10000)], verdict: .reproduced),
    Case(
      description: "just outside", ours: [.number(93.01)], verdict: .directionOnly, reason: "holds"),
    Case(
      description: "outside, but few cases", ours: [.proportion(hits: 17, total: 20)],
      verdict: .reproduced),
    Case(
      description: "outside, within the interval", ours: [.proportion(hits: 85, total: 100)],
      verdict: .consistent),
    Case(
      description: "the same share of many cases", ours: [.proportion(hits: 8500, total: 10000)],
      verdict: .directionOnly, reason: "holds: ours >= 50"),
    Case(
      description: "the check at its edge", ours: [.proportion(hits: 5000, total: 10000)],
      verdict: .directionOnly),
    Case(
      description: "the check fails", ours: [.proportion(hits: 4999, total: 10000)],
      verdict: .notReproduced, reason: "fails: ours >= 50"),
    Case(
      description: "no check", claim: ["check": ""], ours: [.number(80)], verdict: .notReproduced),
    Case(
      description: "a check on what was not run", claim: ["check": "ours >= paper2015.other.x"],
      ours: [.number(80)], verdict: .notReproduced, reason: "want of a value"),
    Case(
      description: "nothing measured", ours: nil, verdict: .notRun, reason: "no stage measures it"),
    Case(description: "no replicate", ours: [], verdict: .notRun, reason: "no value"),
    Case(description: "a missing value", ours: [.missing], verdict: .notRun, reason: "no value"),
    Case(
      description: "one seed without a value", ours: [.number(90), .missing], verdict: .notRun,
      reason: "no value"),
    Case(description: "not a number", ours: [.number(.nan)], verdict: .notRun, reason: "no value"),
    Case(
      description: "nothing of nothing", ours: [.proportion(hits: 0, total: 0)], verdict: .notRun,
      reason: "no value"),
    Case(
      description: "other data", conditions: ["data": "synthetic digits", "test-images": "10000"],
      verdict: .notComparable, reason: "data is ‘synthetic digits’, the paper's is ‘mnist’"),
    Case(
      description: "an unknown condition", conditions: ["data": "mnist"], verdict: .notComparable,
      reason: "test-images is unknown, the paper's is ‘10000’"),
    Case(
      description: "from memory", claim: ["source_confidence": "memory"], verdict: .notGated,
      reason: "from memory"),
    Case(
      description: "a demonstration", claim: ["metric_kind": "demonstration"], ours: [.number(1)],
      verdict: .notGated, reason: "demonstration"),
    Case(
      description: "a demonstration that was not run", claim: ["metric_kind": "demonstration"],
      ours: nil, verdict: .notRun),
    Case(
      description: "the mean over seeds", ours: [.number(86), .number(90)], verdict: .reproduced),
    Case(
      description: "seeds share their images: n is not pooled",
      ours: (0..<9).map { _ in .proportion(hits: 85, total: 100) }, verdict: .consistent),
    Case(
      description: "a count of cases", claim: ["value": "9000", "unit": "count of 10000"],
      ours: [.proportion(hits: 9300, total: 10000)], verdict: .reproduced),
    Case(
      description: "a count just outside", claim: ["value": "9000", "unit": "count of 10000"],
      ours: [.proportion(hits: 9301, total: 10000)], verdict: .directionOnly),
    Case(
      description: "a count as a plain number",
      claim: ["value": "9000", "unit": "count of 10000"], ours: [.number(8700)],
      verdict: .reproduced),
    Case(
      description: "a bound kept by far",
      claim: ["value": "5.0", "metric_kind": "lower_bound", "check": "ours >= 2"],
      ours: [.proportion(hits: 9000, total: 10000)], verdict: .reproduced),
    Case(
      description: "a bound kept up to the printed digit",
      claim: ["value": "5.0", "metric_kind": "lower_bound"], ours: [.number(4.95)],
      verdict: .reproduced),
    Case(
      description: "a bound not kept, however close",
      claim: ["value": "5.0", "metric_kind": "lower_bound", "check": "ours >= 2"],
      ours: [.number(4.94)], verdict: .directionOnly),
    Case(
      description: "a bound not kept, but few cases",
      claim: ["value": "5.0", "metric_kind": "lower_bound", "check": "ours >= 2"],
      ours: [.proportion(hits: 8, total: 200)], verdict: .consistent),
    Case(
      description: "a share in the unit of fractions",
      claim: ["value": "0.90", "unit": "fraction"], ours: [.proportion(hits: 88, total: 100)],
      verdict: .reproduced),
  ]

  @Test("every verdict, and both sides of every border", arguments: cases)
  func verdict(_ example: Case) throws {
    let claims = try ClaimFixture.claims([
      example.claim, ["id": "paper2015.other.x", "value": "1.0"],
    ])
    let observations = example.ours.map {
      [claims[0].id: Observation($0, conditions: example.conditions)]
    }
    let results = try judge(claims, observations ?? [:], by: .factsAlone)
    #expect(results.count == 2 && results[1].verdict == .notRun)
    #expect(results[0].verdict == example.verdict)
    #expect(
      example.reason.isEmpty || results[0].reason.contains(example.reason), "\(results[0].reason)")
  }

  @Test("every verdict occurs among the cases")
  func complete() { #expect(Set(Self.cases.map(\.verdict)) == Set(Verdict.allCases)) }

  @Test("a check looks at our value of the other claim, if that is comparable too")
  func reference() throws {
    let claims = try ClaimFixture.claims([
      ["check": "ours >= 10 * paper2015.clean.error_rate"],
      ["id": "paper2015.clean.error_rate", "value": "0.94", "metric_kind": "clean_error"],
    ])
    func verdict(clean: Double, conditions: [String: String]) throws -> Verdict {
      try judge(
        claims,
        [
          claims[0].id: Observation([.number(50)], conditions: ClaimFixture.conditions),
          claims[1].id: Observation([.number(clean)], conditions: conditions),
        ], by: .factsAlone)[0].verdict
    }
    #expect(try verdict(clean: 4, conditions: ClaimFixture.conditions) == .directionOnly)
    #expect(try verdict(clean: 6, conditions: ClaimFixture.conditions) == .notReproduced)
    #expect(try verdict(clean: 4, conditions: ["data": "synthetic digits"]) == .notReproduced)
  }

  @Test("what the spec says is told where it matters")
  func remarks() throws {
    let claims = try ClaimFixture.claims([[:]])
    func result(_ ours: Double?) throws -> ClaimResult {
      let observation = ours.map { Observation([.number($0)], conditions: ClaimFixture.conditions) }
      return try #require(
        try judge(
          claims, observation.map { [claims[0].id: $0] } ?? [:],
          remarks: [claims[0].id: ClaimRemarks(absence: "no time", tried: "a longer run")],
          by: .factsAlone
        ).first)
    }
    #expect(try result(nil).reason == "no time" && result(nil).tried == nil)
    #expect(try result(90).tried == nil, "a number that is reproduced needs no excuse")
    #expect(try result(80).verdict == .directionOnly && result(80).tried == "a longer run")
    #expect(try result(10).remarks == ["fails: ours >= 50", "tried: a longer run"])
  }

  @Test("a counted share has its interval in counts, and is written without a fraction")
  func counted() throws {
    let claim = try ClaimFixture.claims([["value": "9912", "unit": "count of 10000"]])
    let observation = Observation(
      [.proportion(hits: 9900, total: 10000)], conditions: ClaimFixture.conditions)
    let result = try #require(try judge(claim, [claim[0].id: observation], by: .factsAlone).first)
    let wilson = Wilson.interval(share: 0.99, cases: 10000)
    let interval = try #require(result.ours?.interval)
    #expect(abs(interval.lowerBound - wilson.lowerBound * 10000) < 1e-9)
    #expect(result.oursText == "9900 of 10000" && result.publishedText == "9912 of 10000")
    #expect(result.intervalText == "[9879, 9918]" && result.toleranceText == "± 300")
  }

  @Test("a bound says that it is one")
  func bound() throws {
    let claim = try ClaimFixture.claims([["value": "5.0", "metric_kind": "lower_bound"]])
    let result = try #require(try judge(claim, [:], by: .factsAlone).first)
    #expect(result.publishedText == "≥ 5.0 %" && result.toleranceText == "− 0.05")
  }

  @Test("a value that no paper publishes is an error with a suggestion")
  func stray() throws {
    let claims = try ClaimFixture.claims([[:]])
    let stray = ["paper2015.model.attack.eror_rate": Observation([.number(1)], conditions: [:])]
    #expect { try judge(claims, stray, by: .factsAlone) } throws: {
      "\($0)".contains("did you mean ‘paper2015.model.attack.error_rate’?")
    }
  }

  @Test("mean, sample deviation, cases and interval are put together")
  func summary() throws {
    let shares = Observation(
      [.proportion(hits: 80, total: 100), .proportion(hits: 90, total: 100)], conditions: [:])
    let summary = try #require(Summary(shares, unit: ClaimUnit(word: "percent")))
    #expect(summary.values == [80, 90] && summary.mean == 85 && summary.cases == 100)
    #expect(abs((summary.deviation ?? 0) - 50.0.squareRoot()) < 1e-12, "divided by n − 1")
    let wilson = Wilson.interval(share: 0.85, cases: 100)
    #expect(summary.interval == wilson.lowerBound * 100...wilson.upperBound * 100)
    let number = try #require(
      Summary(Observation([.number(7, cases: 9)], conditions: [:]), unit: ClaimUnit(word: "nats")))
    #expect(number.deviation == nil && number.interval == nil && number.cases == 9)
    #expect(Summary(shares, unit: ClaimUnit(word: "nats")) == nil, "a share has no nats")
  }

  @Test("a table's cell says what it measured, if it measured anything")
  func cells() {
    #expect(Observation.Measure(.proportion(hits: 1, total: 2)) == .proportion(hits: 1, total: 2))
    #expect(Observation.Measure(.number(0.5)) == .number(0.5))
    #expect(Observation.Measure(.integer(3)) == .number(3))
    #expect(Observation.Measure(.missing) == .missing)
    #expect(Observation.Measure(.text("3")) == nil)
  }
}
