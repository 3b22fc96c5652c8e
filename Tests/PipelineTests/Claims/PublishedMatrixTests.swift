import Testing

@testable import Pipeline

@Suite("Published matrices") struct PublishedMatrixTests {
  @Test("a claim takes its metric out of the file that is its value")
  func read() throws {
    let claim = try #require(try MatrixFixture.claim().first)
    let matrix = try #require(claim.value.matrix)
    #expect(matrix.file == MatrixFixture.name && matrix.keys == ["source", "target"])
    #expect(matrix.cells.map(\.key) == [["0", "1"], ["0", "2"], ["1", "0"], ["1", "2"]])
    #expect(matrix.cells.map(\.value.text) == ["10", "20.0", "30", "40.00"])
    #expect(matrix.name(of: ["0", "2"]) == "source 0, target 2")
    #expect(claim.value.halfUnit == 0.5, "as coarse as its coarsest cell")
    let other = try #require(try MatrixFixture.claim(["metric": "other_percent"]).first)
    #expect(other.value.matrix?.cells.count == 1)
  }

  @Test("the project's own matrix is ten sources by nine targets, twice")
  func project() throws {
    let claims = try PublishedClaims.load(folder: PublishedClaimsTests.folder)
    let matrices = claims.filter { $0.paper == "kos2017" }.compactMap(\.value.matrix)
    #expect(matrices.count == 2)
    for (matrix, mean) in zip(matrices, [52.05, 22.26]) {
      #expect(matrix.cells.count == 90 && matrix.keys == ["source", "target"])
      #expect(matrix.cells.allSatisfy { $0.key[0] != $0.key[1] })
      let sum = matrix.cells.map(\.value.value).reduce(0, +)
      #expect(abs(sum / 90 - mean) < 0.005)
    }
  }

  @Test("the transfer tables of Bradshaw and others are matrices of errors and of log-likelihoods")
  func transfer() throws {
    let claims = try PublishedClaims.load(folder: PublishedClaimsTests.folder)
      .filter { $0.paper == "bradshaw2017" && $0.kind.isMatrix }
    #expect(
      claims.map(\.kind) == [.matrix, .likelihoodMatrix, .matrix, .likelihoodMatrix])
    #expect(claims.compactMap(\.value.matrix?.cells.count) == [12, 12, 4, 4])
    #expect(claims.map(\.unit.word) == ["fraction", "nats", "fraction", "nats"])
    // Nine cells at the least 0.05, and a fifth of 0.718, 0.828 and 0.725.
    let tolerances = claims.map { ToleranceRule.effective(for: $0, cases: nil).value }
    let wanted = [0.08, (9 * 0.05 + 0.2 * 2.271) / 12, 0.08, (2 * 0.05 + 0.2 * 1.723) / 4]
    for (tolerance, wanted) in zip(tolerances, wanted) { #expect(abs(tolerance - wanted) < 1e-12) }
  }

  @Test("a matrix of log-likelihoods is judged in nats")
  func likelihood() throws {
    let fields = ["metric_kind": "log_likelihood_matrix", "unit": "nats"]
    let claims = try MatrixFixture.claim(fields)
    // A fifth of 10, 20, 30 and 40: 5 in the mean.
    let observation = Observation(
      [MatrixFixture.measure([12, 16, 30, 50])], conditions: ClaimFixture.conditions)
    let result = try #require(try judge(claims, [claims[0].id: observation], by: .factsAlone).first)
    #expect(result.verdict == .reproduced && result.tolerance.value == 5)
    #expect(result.oursText == "4.000 nats off, ρ 1.00" && result.toleranceText == "≤ 5")
    #expect(DiffReport([result]).matrices().contains("10&nbsp;/&nbsp;12.000"))
    #expect {
      try MatrixFixture.claim(fields.merging(["unit": "percent"]) { $1 })
    } throws: { "\($0)".contains("‘percent’ is no unit of a log-likelihood; expected nats") }
  }

  @Test("a matrix of fractions is judged in fractions")
  func fractions() throws {
    let claims = try MatrixFixture.claim(["unit": "fraction"])
    let shares = [1, 2, 3, 4].map { Observation.Measure.proportion(hits: $0, total: 5) }
    let observation = Observation(
      [.matrix(MatrixFixture.cells(shares))], conditions: ClaimFixture.conditions)
    let result = try #require(try judge(claims, [claims[0].id: observation], by: .factsAlone).first)
    #expect(result.ours?.cells == [0.2, 0.4, 0.6, 0.8])
    #expect(result.oursText == "24.500 off, ρ 1.00")
  }

  @Test(
    "a mistake in the file is refused in its place",
    arguments: [
      ("target,metric,value\n", "target,value,metric\n", "1:1:", "neither a claims file"),
      ("source,target,metric", "metric,source,target", "1:1:", "then ‘metric’ and ‘value’"),
      ("source,", "source,source,", "1:8:", "two columns are ‘source’"),
      (
        "1,0,", "0,2,", "4:1:", "the cell source 0, target 2 of ‘rate_percent’ stands here a second"
      ),
      ("20.0", "20,0", "3:1:", "5 fields where the header has 4"),
      ("20.0", "lots", "3:18:", "‘lots’ is no value; expected a decimal number"),
      ("40.00", "", "5:18:", "‘’ is no value"),
      ("other_percent", "", "6:5:", "‘metric’ is empty"),
    ])
  func mistakes(old: String, new: String, place: String, words: String) {
    let file = MatrixFixture.file(MatrixFixture.text.replacing(old, with: new))
    #expect { try ClaimFixture.claims([MatrixFixture.fields], matrices: [file]) } throws: { error in
      "\(error)".hasPrefix("published/paper2015_cells.csv:\(place)") && "\(error)".contains(words)
    }
  }

  @Test(
    "a mistake in the claim is refused in its place",
    arguments: [
      ("value", "paper2015_cell.csv", "2:85:", "did you mean ‘paper2015_cells.csv’?"),
      ("value", "90", "2:85:", "there is no matrix ‘90’ beside this file"),
      ("metric", "rate", "2:72:", "has no metric ‘rate’; it has other_percent, rate_percent"),
      (
        "unit", "count of 9", "2:",
        "‘count of 9’ is no unit of a matrix; expected percent or fraction"
      ),
      ("metric_kind", "transfer", "2:", "‘paper2015_cells.csv’ is no value"),
    ])
  func claimMistakes(column: String, value: String, place: String, words: String) {
    #expect { try MatrixFixture.claim([column: value, "check": ""]) } throws: { error in
      "\(error)".hasPrefix("published/paper2015.csv:\(place)") && "\(error)".contains(words)
    }
  }

  @Test("a matrix that is no claim's value would vanish, so it is refused")
  func stray() {
    #expect { try ClaimFixture.claims([[:]], matrices: [MatrixFixture.file()]) } throws: {
      "\($0)" == "published/paper2015_cells.csv:1:1: no claim has this matrix as its value"
    }
  }

  @Test("a check takes the rank correlation of a matrix, and the value of a number")
  func checks() {
    #expect { try ClaimFixture.claims([["check": "spearman >= 0.5"]]) } throws: {
      "\($0)".contains("‘spearman’ is of a matrix, and this claim’s kind is attack_rate")
    }
    let number = ["check": "ours >= 2 * paper2015.cells"]
    #expect {
      try ClaimFixture.claims([number, MatrixFixture.fields], matrices: [MatrixFixture.file()])
    } throws: {
      "\($0)".contains("‘paper2015.cells’ is a matrix, so it has no single value")
    }
  }
}
