import Testing

@testable import Pipeline

@Suite("The comparison on a terminal") struct DiffTextTests {
  private func text(width: Int?) throws -> String {
    DiffReport(try DiffReportTests.results()).text(color: false, width: width)
  }

  @Test("columns are aligned, and each remark follows below the claims it is about")
  func wide() throws {
    #expect(
      try text(width: nil) == """
        paper2015: ✓ 1 reproduced, ≈ 1 consistent, ↗ 1 direction only, ✗ 1 not reproduced, – 1 not
            comparable, · 1 not gated, ○ 1 not run
        claim         where         published            ours                n    95 % interval  tolerance  verdict
        a.error_rate  Sec. 4           90.0 %  90.21 ± 0.76 %  10000 × 3 seeds   [89.61, 90.78]        ± 3  ✓ reproduced
        b.error_rate  Sec. 4           90.0 %         85.00 %              100   [76.72, 90.69]        ± 3  ≈ consistent
        c.error_rate  Sec. 4           90.0 %         85.12 %            10000   [84.41, 85.80]        ± 3  ↗ direction only
        d.error_rate  Sec. 4             90 %           3.1 %            10000       [2.8, 3.5]        ± 3  ✗ not reproduced
        e.error_rate  Sec. 4           90.0 %        100.00 %            10000  [99.96, 100.00]        ± 3  – not comparable
        f.error_rate  Sec. 4           90.0 %         91.00 %            10000   [90.42, 91.55]          —  · not gated
        g.error_rate  Fig. 2 | (c)     90.0 %               —                —                —        ± 3  ○ not run

        ↗ c.error_rate
            holds: ours >= 50
        ✗ d.error_rate
            fails: ours >= 50
            tried: longer training
        – e.error_rate
            data is ‘synthetic digits’, the paper's is ‘mnist’
            the published value is second-hand
        · f.error_rate
            the published value is from memory
        ○ g.error_rate
            no stage measures it

        7 claims: ✓ 1 reproduced, ≈ 1 consistent, ↗ 1 direction only, ✗ 1 not reproduced, – 1 not
            comparable, · 1 not gated, ○ 1 not run

        """)
  }

  @Test("what does not fit is left out: the place first, then all but the two values")
  func narrow() throws {
    let lines = try text(width: 110).split(separator: "\n").map(String.init)
    #expect(lines[2].hasPrefix("claim         published ") && lines[2].hasSuffix("verdict"))
    let narrow = try text(width: 60)
    #expect(
      narrow.contains(
        """
           claim         published            ours
        ✓  a.error_rate     90.0 %  90.21 ± 0.76 %
        ≈  b.error_rate     90.0 %         85.00 %

        """))
    #expect(try text(width: 10).contains("✓  a.error_rate"), "there is always this much")
  }

  @Test("lines are no longer than the terminal is wide", arguments: [48, 60, 80, 100, 140])
  func widths(width: Int) throws {
    // A claim's name and its values are never cut; 48 columns hold them here.
    for line in try text(width: width).split(separator: "\n") {
      #expect(String(line).terminalWidth <= width, "\(line)")
    }
  }

  @Test("colour adds escapes and nothing else")
  func colour() throws {
    let report = try DiffReport(DiffReportTests.results())
    let coloured = report.text(color: true)
    #expect(coloured.contains("\u{1B}[32ma.error_rate") && coloured.contains("\u{1B}[31md."))
    let stripped = coloured.replacing(#/\u{1B}\[[0-9]+m/#, with: "")
    #expect(stripped == report.text(color: false))
  }

  @Test("no claims are no table")
  func none() { #expect(DiffReport([]).text(color: false) == "No claims.\n") }

  @Test(
    "widths are what a terminal gives",
    arguments: [
      ("abc", 3), ("é", 1), ("e\u{301}", 1), ("ε±✓", 3), ("数字", 4), ("✅", 2), ("", 0),
    ])
  func width(text: String, columns: Int) { #expect(text.terminalWidth == columns) }
}
