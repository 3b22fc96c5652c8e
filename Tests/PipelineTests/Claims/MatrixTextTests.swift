import Foundation
import Testing

@testable import Pipeline

@Suite("A matrix in the comparison") struct MatrixTextTests {
  /// A number and four matrices: good, over two seeds, without ranks, and not measured.
  private func report() throws -> DiffReport {
    let ends = ["good", "seeds", "flat", "none"]
    let claims = try ClaimFixture.claims(
      [["id": "paper2015.number"]]
        + ends.map { MatrixFixture.fields.merging(["id": "paper2015.\($0)"]) { $1 } },
      matrices: [MatrixFixture.file()])
    func of(_ replicates: Observation.Measure...) -> Observation {
      Observation(replicates, conditions: ClaimFixture.conditions)
    }
    let shares = [24, 32, 60, 100].map { Observation.Measure.proportion(hits: $0, total: 200) }
    return DiffReport(
      try judge(
        claims,
        [
          claims[0].id: of(.proportion(hits: 9012, total: 10000)),
          claims[1].id: of(.matrix(MatrixFixture.cells(shares))),
          claims[2].id: of(
            MatrixFixture.measure([60, 50, 80, 70]), MatrixFixture.measure([40, 30, 20, 10])),
          claims[3].id: of(MatrixFixture.measure([25, 25, 25, 25])),
        ], by: .factsAlone))
  }

  @Test("on a terminal: how many cells, how far off, and ρ")
  func terminal() throws {
    #expect(
      try report().text(color: false).hasPrefix(
        """
        paper2015: ✓ 2 reproduced, ✗ 2 not reproduced, ○ 1 not run
        claim   where   published                               ours            n   95 % interval  tolerance  verdict
        number  Sec. 4     90.0 %                            90.12 %        10000  [89.52, 90.69]        ± 3  ✓ reproduced
        good    Sec. 4    4 cells            4.00 points off, ρ 1.00          800               —        ≤ 8  ✓ reproduced
        seeds   Sec. 4    4 cells  30.00 ± 14.14 points off, ρ -0.20  — × 2 seeds               —        ≤ 8  ✗ not reproduced
        flat    Sec. 4    4 cells              10.00 points off, ρ —            —               —        ≤ 8  ✗ not reproduced
        none    Sec. 4    4 cells                                  —            —               —        ≤ 8  ○ not run

        """))
  }

  @Test("for a program: deviation and correlation by name")
  func json() throws {
    let json = try report().json()
    #expect(try JSON.parse(json.text()) == json)
    let claims = try #require(json["claims"]?.array)
    let good = claims[1]
    #expect(good["kind"] == "matrix" && good["metric"] == "rate_percent")
    #expect(good["published"] == ["matrix": "paper2015_cells.csv", "cells": 4])
    #expect(good["ours"]?["mean_absolute_deviation"] == .double(4))
    let correlation = try #require(good["ours"]?["rank_correlation"]?.double)
    #expect(abs(correlation - 1) < 1e-12 && good["ours"]?["cases"] == 800)
    #expect(good["tolerance"]?["value"] == .double(8) && good["verdict"] == "reproduced")
    #expect(claims[2]["ours"]?["replicates"] == [.double(40), .double(20)])
    #expect(claims[3]["ours"]?["rank_correlation"] == .null && claims[4]["ours"] == .null)
    #expect(claims[0]["ours"]?["mean_absolute_deviation"] == nil)
  }

  @Test("in Markdown: in the full table, the brief one, and among what is not reproduced")
  func markdown() throws {
    let report = try report()
    for table in [report.table(.full), report.table(.brief)] {
      let row = try #require(table.split(separator: "\n").first { $0.contains("Rate percent") })
      #expect(row.contains("| **4&nbsp;cells** |"))
      #expect(row.contains("| **4.00&nbsp;points&nbsp;off,&nbsp;ρ&nbsp;1.00**"))
      #expect(row.hasSuffix("✅&nbsp;reproduced |"))
    }
    #expect(
      report.table(.full).contains("n&nbsp;=&nbsp;800") && report.table(.full).contains("≤&nbsp;8"))
    #expect(
      report.failures.contains(
        "published 4 cells, ours 30.00 ± 14.14 points off, ρ -0.20, tolerance ≤ 8"))
  }

  @Test(
    "cell by cell beside the paper's, the mean over seeds, and nothing where nothing was measured")
  func cells() throws {
    let text = try report().matrices()
    #expect(text.components(separatedBy: "published / ours").count == 4)
    #expect(
      text.contains(
        """
        |  | 0 | 1 | 2 |
        | :--- | ---: | ---: | ---: |
        | **0** |  | 10&nbsp;/&nbsp;12.0 | 20.0&nbsp;/&nbsp;16.0 |
        | **1** | 30&nbsp;/&nbsp;30.0 |  | 40.00&nbsp;/&nbsp;50.0 |
        """))
    #expect(text.contains("10&nbsp;/&nbsp;50.0"), "the mean of 60 and 40")
  }

  @Test("the report explains the rule")
  func rule() throws {
    let words = Report.markdown(ReportFixture.model(claims: try report().results))
    #expect(words.contains("a matrix of rates by 8 in the mean absolute deviation of its cells"))
    #expect(words.contains("Spearman's rank correlation"))
  }
}
