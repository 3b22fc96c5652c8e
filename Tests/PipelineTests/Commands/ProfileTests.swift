import Testing

@testable import Pipeline

/// Claims without a number of ours, and stages that only some profiles have, as a person meets them.
@Suite struct ProfileTests {
  /// A project whose profile `tiny` leaves `maxout` and what needs it out.
  private func project() throws -> Program {
    let program = try Program()
    try program.edit(
      "  maxout:\n    kind: train\n", "  maxout:\n    kind: train\n    only: [demo, real, slow]\n")
    try program.edit(
      "models: [softmax, maxout]", "models: {tiny: [softmax], default: [softmax, maxout]}")
    try program.edit(
      "papers: ",
      """
        goodfellow2015.maxout240.clean.error_rate:
          {stage: attack, table: attack, where: {model: maxout}, column: clean_error_rate}
        goodfellow2015.logreg_3v7.clean.error_rate: {not-run: no threes and sevens here}
      papers:\u{20}
      """)
    try program.edit(
      page: "{{table attack/attack}}\n",
      """
      {{claims goodfellow2015.softmax}}
      {{claims goodfellow2015.maxout240.clean}}
      {{table attack/attack}}

      Error under attack: {{value goodfellow2015.softmax.fgsm_0.25.error_rate}}, and of maxout
      {{value goodfellow2015.maxout240.clean.error_rate}}.

      ## How maxout was trained

      At length.

      {{figure maxout/plot}}
      {{table maxout/curve}}

      """)
    return program
  }

  private func reasons(_ answer: Program.Answer) throws -> [String: String] {
    let claims = try JSON.parse(Array(answer.output.utf8))["claims"]?.array ?? []
    return Dictionary(
      claims.map { ($0["id"]?.string ?? "", $0["reason"]?.string ?? "") },
      uniquingKeysWith: { first, _ in first })
  }

  @Test func `a claim without a number says why`() throws {
    let program = try project()
    let before = try reasons(try program("diff", "--json"))
    let softmax = "goodfellow2015.softmax.fgsm_0.25.error_rate"
    #expect(before[softmax] == "‘attack’ has not been run: pipeline run attack")
    #expect(before["goodfellow2015.logreg_3v7.clean.error_rate"] == "no threes and sevens here")
    #expect(before["goodfellow2015.softmax.fgsm_0.25.confidence"] == "no stage measures it")
    let other = try reasons(try program("diff", "--json", "--profile", "real"))
    #expect(other[softmax] == "‘attack’ has not been run: pipeline run attack --profile real")
    let all = try program("all", "--quiet")
    #expect(all.code == 0, "\(all.messages)")
    let after = try reasons(try program("diff", "--json"))
    #expect(after[softmax]?.hasPrefix("data is ‘synthetic digits’") == true)
    #expect(
      after["goodfellow2015.maxout240.clean.error_rate"]
        == "‘maxout’ is only in profiles demo, real and slow")
  }

  @Test func `a stage of another profile is not part of the plan`() throws {
    let program = try project()
    let run = try program("run", "maxout")
    #expect(run.code == 64)
    #expect(
      run.messages == """
        pipeline: ‘maxout’ is only in profiles demo, real and slow, not in ‘tiny’
        hint: add --profile demo

        """)
    #expect(try program("why", "maxout@2").messages.contains("only in profiles demo"))
    let status = try program("status").output
    #expect(status.contains("maxout   —        only in profiles demo, real and slow\n"))
    let plan = try program("plan").output
    #expect(plan.hasSuffix("3 to run, 0 fresh\n") && !plan.contains("maxout"))
    let override = try program("status", "--set", "maxout.only=[tiny]").output
    #expect(override.contains("maxout   waiting"), "\(override)")
    #expect(try program("run", "maxout", "--quiet", "--profile", "demo").code == 0)
  }

  @Test func `the report leaves out what the profile has not`() throws {
    let program = try project()
    try program("all", "--quiet")
    let report = String(
      decoding: try Files.read("\(program.folder)/report/tiny/report.md"), as: UTF8.self)
    let heading = "### How maxout was trained\n\n"
    #expect(
      report.contains(
        heading + "*Not part of the profile tiny: only in profiles demo, real and slow.*\n"))
    #expect(!report.contains("At length."))
    let drawn = try #require(report.firstRange(of: "Error under attack: "))
    let value = report[drawn.upperBound...].prefix { $0 != "," }
    #expect(value.hasSuffix("%") && value.count < 9, "\(value)")
    #expect(report.contains(", and of maxout *missing*."))
    let section = try #require(report.firstRange(of: "A tiny one."))
    let beside = report[section.upperBound...].prefix(900)
    #expect(beside.contains("| In the paper | Published | Ours | Verdict |"))
    #expect(beside.contains("**99.9&nbsp;%**") && beside.contains("**0.94&nbsp;%**"))
    #expect(report.contains("### Every published number"))
  }

  @Test func `a matrix is looked up cell by cell`() throws {
    let program = try Program()
    let fields = MatrixFixture.fields.merging(["requires": ""]) { $1 }
    try Files.write(
      Array(ClaimFixture.csv([fields]).utf8), to: "\(program.folder)/published/paper2015.csv")
    func publish(_ models: String...) throws {
      let rows = models.map { "\($0),rate_percent,50\n" }.joined()
      try Files.write(
        Array("model,metric,value\n\(rows)".utf8),
        to: "\(program.folder)/published/\(MatrixFixture.name)")
    }
    func result() throws -> JSON {
      let answer = try program("diff", "paper2015", "--json")
      return try #require(try JSON.parse(Array(answer.output.utf8))["claims"]?.array?.first)
    }
    try publish("softmax", "maxout")
    try program.edit(
      "papers: ",
      """
        paper2015.cells: {stage: attack, table: attack, keys: [model], column: clean_error_rate}
      papers:\u{20}
      """)
    #expect(try result()["verdict"] == "not run")
    #expect(try program("all", "--quiet").code != 65)
    let ours = try #require(try result()["ours"])
    #expect(ours["mean_absolute_deviation"] != nil && ours["cases"] == 40)
    try publish("softmax", "maxout", "logistic")
    #expect(
      try result()["reason"]
        == "our table lacks 1 of the paper's 3 cells, the first of them model logistic")
    try program.edit("keys: [model]", "keys: [replicate]")
    #expect(try program("diff").messages.contains("hint: write ‘keys: [model]’"))
  }

  @Test func `mistakes about claims point`() throws {
    let program = try project()
    try program.edit(page: "claims goodfellow2015.softmax", "claims goodfellow2015.sofmax")
    let section = try program("status")
    #expect(section.code == 65)
    #expect(section.messages.contains("no published claim is called ‘goodfellow2015.sofmax’"))
    try program.edit(page: "goodfellow2015.sofmax", "goodfellow2015.softmax")
    try program.edit("where: {model: softmax}", "where: {model: sofmax}")
    let row = try program("all", "--quiet")
    #expect(row.code == 65 && row.messages.contains("fits the claim’s ‘where’"), "\(row.messages)")
    try program.edit("where: {model: sofmax}", "where: {model: softmax}")
    try program.edit(
      "table: attack, where: {model: softmax}", "table: attak, where: {model: softmax}")
    #expect(try program("diff").messages.contains("‘attack’ (craft) gives no table ‘attak’"))
    try program.edit("table: attak", "table: attack")
    try program.edit(page: "{{table attack/attack}}", "{{figure attack/attack}}")
    #expect(
      try program("report").messages.contains(
        "‘attack/attack’ is a table, no figure\n"))
  }
}
