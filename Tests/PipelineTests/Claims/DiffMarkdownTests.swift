import Testing

@testable import Pipeline

@Suite("The comparison in Markdown") struct DiffMarkdownTests {
  private func report() throws -> DiffReport { DiffReport(try DiffReportTests.results()) }

  /// How many bars a line has that are not escaped.
  private func bars(_ line: some StringProtocol) -> Int {
    String(line).replacing("\\|", with: "").count { $0 == "|" }
  }

  @Test("the full table has one row a claim under its place, with bars escaped")
  func full() throws {
    let lines = try report().table(.full).split(separator: "\n")
    let rows = lines.filter { $0.hasPrefix("|") }
    #expect(rows.count == 2 + 2 + 7)
    #expect(Set(rows.map(bars)) == [6])
    #expect(rows[2] == "| **Sec. 4** |  |  |  |  |")
    #expect(
      rows[3].contains("✅&nbsp;reproduced |") && rows[3].contains("90.21&nbsp;±&nbsp;0.76&nbsp;%"))
    #expect(rows[9] == "| **Fig. 2 \\| (c)** |  |  |  |  |")
  }

  @Test("a reason is a note, and the same reason the same note")
  func notes() throws {
    let text = try report().table(.full)
    #expect(
      text.hasSuffix(
        """

        1. holds: ours &gt;= 50
        2. fails: ours &gt;= 50
        3. tried: longer training
        4. data is ‘synthetic digits’, the paper's is ‘mnist’
        5. the published value is second-hand
        6. the published value is from memory
        7. no stage measures it

        """))
    #expect(text.contains("not&nbsp;reproduced&nbsp;<sup>2,&nbsp;3</sup> |"))
    let same = DiffReport(
      try judge(try ClaimFixture.claims([["id": "paper2015.a"], [:]]), [:], by: .factsAlone))
    #expect(same.table(.brief).components(separatedBy: "<sup>1</sup>").count == 3)
    #expect(same.table(.brief).hasSuffix("\n1. no stage measures it\n"))
  }

  @Test("beside a table of ours stand published, ours and verdict")
  func brief() throws {
    let lines = try report().table(.brief).split(separator: "\n").filter { $0.hasPrefix("|") }
    #expect(lines.count == 2 + 7 && Set(lines.map(bars)) == [5])
    #expect(lines[0] == "| In the paper | Published | Ours | Verdict |")
    #expect(lines[2].contains("<sub>Sec. 4</sub>"))
  }

  @Test("the overview counts verdicts by paper")
  func overview() throws {
    let text = try report().overview(names: ["paper2015": "A *paper*"])
    let rows = text.split(separator: "\n")
    #expect(rows.count == 3, "one paper has no sum")
    #expect(rows[0].hasPrefix("| Paper | Numbers | ✅ reproduced | 🟢 consistent |"))
    #expect(rows[2] == "| [A \\*paper\\*](#paper2015) | 7 | 1 | 1 | 1 | 1 | 1 | 1 | 1 |")
    let other = try PublishedClaims.read([
      (
        "a2016.csv",
        Array(ClaimFixture.csv([["id": "a2016.c", "paper": "a2016"]]).utf8)
      )
    ])
    let both = DiffReport(try report().results + judge(other, [:], by: .factsAlone)).overview(
      names: [:])
    #expect(both.contains("| [a2016](#a2016) | 1 |  |  |  |  |  |  | 1 |"))
    #expect(
      both.hasSuffix("|  | **8** | **1** | **1** | **1** | **1** | **1** | **1** | **2** |\n"))
  }

  @Test("what is not reproduced is listed with what was tried")
  func failures() throws {
    let lines = try report().failures.split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines[0].hasPrefix("- 🟡 **Error rate of a model, FGSM (eps=0.25) on MNIST test**"))
    #expect(lines[0].contains("published 90.0 %, ours 85.12 % \\[84.41, 85.80\\], tolerance ± 3"))
    #expect(lines[4] == "  tried: longer training")
    #expect(DiffReport([]).failures == "")
  }
}
