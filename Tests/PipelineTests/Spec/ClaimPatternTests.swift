import Testing

@testable import Pipeline

/// One entry of `claims` for many published ids.
@Suite struct ClaimPatternTests {
  private static let ids = [
    "t.old.eps_0.correct", "t.old.eps_0.25.correct", "t.new.eps_0.25.correct", "p.train.rate",
    "p.test.rate", "p.seen",
  ]

  private func claims(_ text: String) throws(SpecError) -> [ClaimSpec] {
    let head = """
      version: 2
      seed: 1
      profiles: [p]
      default-profile: p
      stages: {}
      claims:

      """
    return try Spec.load(SourceText(name: "t.yaml", text: head + text), claims: Self.ids).claims
  }

  private func mistake(_ text: String) -> String {
    #expect(throws: SpecError.self) { try claims(text) }?.description ?? ""
  }

  @Test func anOpenPlaceIsAnyWordAndANumberIsOne() throws {
    let found = try claims(
      "  t.{net}.eps_{eps}.correct: {stage: \"s-{net}\", table: a, where: {e: \"{eps}\"}, column: c}"
    )
    #expect(found.map(\.id) == Array(Self.ids.prefix(3)))
    #expect(found.map(\.cell?.stage.stage) == ["s-old", "s-old", "s-new"])
    #expect(found.map { $0.cell?.conditions[0].value } == [.int(0), .double(0.25), .double(0.25)])
  }

  @Test func alternativesMayHaveOurWords() throws {
    let found = try claims(
      "  p.{part:train=training|test}.rate: {stage: s, table: t, where: {x: \"{part} 1\"}, column: c}"
    )
    #expect(found.map(\.id) == ["p.train.rate", "p.test.rate"])
    #expect(
      found.map { $0.cell?.conditions[0].value } == [.string("training 1"), .string("test 1")])
    #expect(try claims("  p.{train|test}.rate: {not-run: why}").map(\.id) == found.map(\.id))
  }

  @Test func aPlaceCalledColumnSaysTheColumn() throws {
    let found = try claims("  t.{stage:old=a|new=b}.eps_0.25.{column:correct}: {table: t}")
    #expect(found.map(\.cell?.stage.stage) == ["a", "b"])
    #expect(found.map(\.cell?.column) == ["correct", "correct"])
  }

  @Test func aGroupSaysOnceWhatItsClaimsShare() throws {
    let found = try claims(
      """
        p:
          stage: s
          table: t
          where: {m: 1}
          column: c
          claims:
            train.rate: {where: {n: 2}}
            test.rate: {column: d}
            seen:
      """)
    #expect(found.map(\.id) == ["p.train.rate", "p.test.rate", "p.seen"])
    #expect(found.map { $0.cell?.conditions.map(\.column) } == [["m", "n"], ["m"], ["m"]])
    #expect(found.map(\.cell?.column) == ["c", "d", "c"])
  }

  @Test func aClaimThatTwoEntriesFitPoints() {
    #expect(
      mistake("  p.seen: {not-run: a}\n  p.{word}: {not-run: b}") == """
        t.yaml:8:3: error: the claim ‘p.seen’ is there twice
            8 |   p.{word}: {not-run: b}
              |   ^~~~~~~~
        hint: it was first given in line 7
        """)
  }

  @Test func aPatternThatFitsNothingPoints() {
    #expect(
      mistake("  q.{word}.rate: {not-run: a}") == """
        t.yaml:7:3: error: no published claim fits ‘q.{word}.rate’
            7 |   q.{word}.rate: {not-run: a}
              |   ^~~~~~~~~~~~~
        hint: published/*.csv lists them; {name} is one word between dots
        """)
  }

  @Test func anUnknownPlaceInTheCellPoints() {
    #expect(
      mistake("  p.{part}.rate: {stage: s, table: t, where: {x: \"{prat}\"}, column: c}") == """
        t.yaml:7:51: error: the claim’s id has no place ‘{prat}’
            7 |   p.{part}.rate: {stage: s, table: t, where: {x: "{prat}"}, column: c}
              |                                                   ^~~~~~
        hint: did you mean ‘part’?
        """)
  }

  @Test(arguments: [
    ("p.{part}.rate: {stage: s, table: t, column: c}", "7:3: error: ‘{part}’ is used nowhere"),
    ("p.{part: {not-run: a}", "7:5: error: this brace has no counterpart"),
    ("p.part}: {not-run: a}", "7:9: error: this brace has no counterpart"),
    ("p.{}: {not-run: a}", "7:5: error: ‘’ is no name of a place"),
    ("p.{a|}: {not-run: a}", "7:5: error: a word is missing between the bars"),
    ("p.{a}.{a}: {not-run: a}", "7:3: error: ‘{a}’ is there twice"),
    ("p.{trian|test}.rate: {stage: s}", "7:24: error: the claim ‘p.trian.rate’ lacks ‘table’"),
    ("p: {clams: {}}", "7:7: error: unknown key ‘clams’"),
    ("p.seen:", "7:10: error: the claim ‘p.seen’ is nothing"),
  ])
  func mistakesPoint(entry: String, expected: String) {
    #expect(mistake("  \(entry)").hasPrefix("t.yaml:\(expected)"), "\(mistake("  \(entry)"))")
  }
}
