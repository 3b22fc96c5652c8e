import Testing

@testable import Pipeline

@Suite("The comparison") struct DiffReportTests {
  /// One result of every sort.
  static func results() throws -> [ClaimResult] {
    let claims = try ClaimFixture.claims([
      ["id": "paper2015.a.error_rate"], ["id": "paper2015.b.error_rate"],
      ["id": "paper2015.c.error_rate"], ["id": "paper2015.d.error_rate", "value": "90"],
      ["id": "paper2015.e.error_rate", "note": "SECOND-HAND: from a talk"],
      ["id": "paper2015.f.error_rate", "source_confidence": "memory"],
      ["id": "paper2015.g.error_rate", "locator": "Fig. 2 | (c)"],
    ])
    func of(_ hits: [Int], _ total: Int, data: String = "mnist") -> Observation {
      Observation(
        hits.map { .proportion(hits: $0, total: total) },
        conditions: ["data": data, "test-images": "10000"])
    }
    return try judge(
      claims,
      [
        claims[0].id: of([9012, 8950, 9101], 10000), claims[1].id: of([85], 100),
        claims[2].id: of([8512], 10000), claims[3].id: of([312], 10000),
        claims[4].id: of([10000], 10000, data: "synthetic digits"), claims[5].id: of([9100], 10000),
      ])
  }

  @Test("columns are aligned, and what needs saying follows")
  func wide() throws {
    #expect(
      try DiffReport(Self.results()).text(color: false, width: 130) == """
        claim                   published  where                   ours                n    95 % interval  tolerance  verdict
        paper2015.a.error_rate     90.0 %  Sec. 4        90.21 ± 0.76 %  10000 × 3 seeds   [89.61, 90.78]        ± 3  ✓ reproduced
        paper2015.b.error_rate     90.0 %  Sec. 4               85.00 %              100   [76.72, 90.69]        ± 3  ≈ consistent
        paper2015.c.error_rate     90.0 %  Sec. 4               85.12 %            10000   [84.41, 85.80]        ± 3  ↗ direction only
        paper2015.d.error_rate       90 %  Sec. 4                 3.1 %            10000       [2.8, 3.5]        ± 3  ✗ not reproduced
        paper2015.e.error_rate     90.0 %  Sec. 4              100.00 %            10000  [99.96, 100.00]        ± 3  – not comparable
        paper2015.f.error_rate     90.0 %  Sec. 4               91.00 %            10000   [90.42, 91.55]          —  · not gated
        paper2015.g.error_rate     90.0 %  Fig. 2 | (c)               —                —                —        ± 3  ○ not run

        ↗ paper2015.c.error_rate
            holds: ours >= 50
        ✗ paper2015.d.error_rate
            fails: ours >= 50
        – paper2015.e.error_rate
            data is ‘synthetic digits’, the paper's is ‘mnist’
            the published value is second-hand
        · paper2015.f.error_rate
            the published value is from memory

        7 claims: 1 reproduced, 1 consistent, 1 direction only, 1 not reproduced, 1 not comparable, 1 not gated, 1 not run

        """)
  }

  @Test("where columns do not fit, each claim is a block")
  func narrow() throws {
    #expect(
      try DiffReport(Array(Self.results()[2...4])).text(color: false, width: 80) == """
        ↗ direction only: paper2015.c.error_rate
            published 90.0 % (Sec. 4)
            ours      85.12 %, n 10000
            95 %      [84.41, 85.80]
            tolerance ± 3
            holds: ours >= 50
        ✗ not reproduced: paper2015.d.error_rate
            published 90 % (Sec. 4)
            ours      3.1 %, n 10000
            95 %      [2.8, 3.5]
            tolerance ± 3
            fails: ours >= 50
        – not comparable: paper2015.e.error_rate
            published 90.0 % (Sec. 4)
            ours      100.00 %, n 10000
            95 %      [99.96, 100.00]
            tolerance ± 3
            data is ‘synthetic digits’, the paper's is ‘mnist’
            the published value is second-hand

        3 claims: 1 direction only, 1 not reproduced, 1 not comparable

        """)
  }

  @Test("colour adds escapes and nothing else")
  func colour() throws {
    let report = try DiffReport(Self.results())
    let coloured = report.text(color: true)
    #expect(coloured.contains("\u{1B}[32m✓") || coloured.contains("\u{1B}[32mpaper2015.a"))
    let stripped = coloured.replacing(#/\u{1B}\[[0-9]+m/#, with: "")
    #expect(stripped == report.text(color: false))
  }

  @Test("no claims are no table")
  func none() { #expect(DiffReport([]).text(color: false) == "No claims.\n") }

  static let exitCodes: [(chosen: [Int], code: Int32)] = [
    ([0], 0), ([1], 0), ([2], 2), ([3], 2), ([4], 3), ([5], 3), ([6], 3), ([], 3), ([0, 4, 6], 0),
    ([0, 2, 4], 2), ([0, 1, 5], 0),
  ]

  @Test("the exit code tells good, outside and nothing to compare", arguments: exitCodes)
  func exitCode(chosen: [Int], code: Int32) throws {
    let results = try Self.results()
    #expect(DiffReport(chosen.map { results[$0] }).exitCode == code)
  }

  @Test("a program reads the same numbers")
  func json() throws {
    let json = try DiffReport(Self.results()).json()
    #expect(try JSON.parse(json.text()) == json)
    let claims = try #require(json["claims"]?.array)
    #expect(claims.count == 7 && json["exit_code"] == 2)
    #expect(claims[0]["ours"]?["replicates"] == [.double(90.12), .double(89.5), .double(91.01)])
    #expect(claims[0]["verdict"] == "reproduced" && claims[0]["published"]?["printed"] == "90.0")
    #expect(claims[6]["ours"] == .null && claims[6]["verdict"] == "not run")
    #expect(claims[4]["second_hand"] == true && claims[0]["second_hand"] == false)
    #expect(json["counts"]?["not comparable"] == 1)
  }

  @Test("Markdown has one row a claim, with bars escaped")
  func markdown() throws {
    let lines = try DiffReport(Self.results()).markdown().split(separator: "\n")
    #expect(lines.count == 9)
    let bars = lines.map { line in line.replacing("\\|", with: "").count { $0 == "|" } }
    #expect(Set(bars) == [7], "\(bars)")
    #expect(lines[2].contains("✅") && lines[2].contains("90.21&nbsp;±&nbsp;0.76&nbsp;%"))
  }

  @Test(
    "widths are what a terminal gives",
    arguments: [
      ("abc", 3), ("é", 1), ("e\u{301}", 1), ("ε±✓", 3), ("数字", 4), ("✅", 2), ("", 0),
    ])
  func width(text: String, columns: Int) { #expect(text.terminalWidth == columns) }
}
