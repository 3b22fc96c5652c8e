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
      ("unit", "fraction", "2:", "‘fraction’ is no unit of a matrix; expected percent"),
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
