import Contract
import Testing

@testable import Pipeline

/// The page of a paper: prose, and directives that place what is shown.
@Suite struct PaperPageTests {
  private static let head = "# Title\n\nSomebody,\n2015.\n\n"

  private func read(_ text: String) throws(SpecError) -> PageReader {
    var page = PageReader(SourceText(name: "p.md", text: text))
    try page.read()
    return page
  }

  private func mistake(_ body: String) -> String {
    #expect(throws: SpecError.self) { try read(Self.head + body) }?.description ?? ""
  }

  @Test func partsStandInTheOrderOfThePage() throws {
    let page = try read(
      Self.head + """
        ## First

        Words that
        go on.

        - a list
        - of two

        {{table s/a}}
        After {{value x.y}} it.
        {{claims x}}

        ## Second
        {{show t}}

        ## Deviations

        - What is
          done — why — indeed
        - More — because
        """)
    #expect(page.title == "Title" && page.citation == "Somebody, 2015.")
    #expect(page.sections.map(\.title) == ["First", "Second"])
    let parts = page.sections[0].parts
    guard case .text(let words) = parts[0], case .show(let show) = parts[1],
      case .text(let after) = parts[2], case .claims(let claims) = parts[3]
    else {
      Issue.record("\(parts)")
      return
    }
    let text = words.map { if case .plain(let text) = $0 { text } else { "" } }.joined()
    #expect(text == "Words that go on.\n\n- a list\n- of two")
    #expect(show.form == .table && show.stage == "s" && show.artifact == "a")
    #expect(after.count == 3 && page.sections[0].values.map(\.claim) == ["x.y"])
    #expect(claims.map(\.prefix) == ["x"])
    #expect(page.sections[1].show.map(\.artifact) == [nil])
    #expect(
      page.notes == [
        Deviation("What is done", because: "why — indeed"), Deviation("More", because: "because"),
      ])
  }

  @Test func anUnknownDirectivePoints() {
    #expect(
      mistake("## S\n\n{{tabel s/a}}\n") == """
        p.md:8:3: error: unknown directive ‘tabel’
            8 | {{tabel s/a}}
              |   ^~~~~
        hint: did you mean ‘table’?
        """)
  }

  @Test(arguments: [
    ("## S\n\n{{table s/a", "8:1: error: these braces are never closed"),
    ("## S\n\n{{table}}", "8:3: error: ‘table’ does not say of what"),
    ("## S\n\n{{table s/a t/b}}", "8:13: error: ‘table’ takes one thing, not 2"),
    ("## S\n\n{{table s}}", "8:9: error: ‘s’ is a stage, and no artifact"),
    ("## S\n\n{{show s/a}}", "8:8: error: ‘s/a’ is one artifact"),
    ("## S\n\n{{table s/A}}", "8:9: error: the artifact ‘A’ is not a name"),
    ("## S\n\n{{}}", "8:1: error: unknown directive ‘’"),
    ("## S\n\nSee {{table s/a}} here", "8:13: error: ‘{{table …}}’ stands inside a paragraph"),
    ("{{table s/a}}", "6:1: error: nothing can be shown before the first"),
    ("More words.", "6:1: error: a second paragraph before the first"),
    ("# Again", "6:1: error: the page has a second title"),
    ("## Deviations\n\nWords", "8:1: error: this is no item of the list"),
    ("## Deviations\n\n- What", "8:1: error: the deviation does not say why"),
    ("## Deviations\n\n{{show s}}", "8:1: error: below ‘Deviations’ stands nothing but a list"),
    ("## Tried\n\n- a.b", "8:1: error: this does not say what was tried"),
    ("## Tried\n\nWords", "8:1: error: this is no item of the list"),
  ])
  func mistakesPoint(body: String, expected: String) {
    #expect(mistake(body).hasPrefix("p.md:\(expected)"), "\(mistake(body))")
  }

  @Test(arguments: [
    ("", "1:1: error: the page has no title"), ("Words", "1:1: error: the page has no title"),
    ("# T\n\n## S\n", "1:1: error: the page has no citation"),
  ])
  func aPageHasTitleAndCitation(text: String, expected: String) {
    let error = #expect(throws: SpecError.self) { try read(text) }
    #expect(error?.description.hasPrefix("p.md:\(expected)") == true)
  }

  @Test func whatWasTriedIsSaidOfTheClaimsThatItNames() throws {
    let tried = "## Tried\n\n- a — twice\n- a.softmax.error, a.other —\n  once, and\n  no more\n"
    let spec = try SpecSamples.load(page: SpecSamples.page + "\n" + tried)
    #expect(spec.tried(for: "a.softmax.error") == "once, and no more")
    #expect(spec.tried(for: "a.other.error") == "once, and no more")
    #expect(spec.tried(for: "a.otherwise") == "twice")
    #expect(spec.tried(for: "b.softmax") == nil)
  }

  @Test func whatWasTriedOfNobodyPoints() throws {
    let spec = try SpecSamples.load(page: SpecSamples.page + "\n## Tried\n\n- a.sotfmax — once\n")
    let claims = try ClaimFixture.claims(
      [["id": "a.softmax.error", "paper": "a"]], file: "published/a.csv")
    let error = #expect(throws: SpecError.self) { try spec.check(against: claims) }
    #expect(error?.message == "no published claim is called ‘a.sotfmax’ or begins with it")
    #expect(error?.mark.line == 17)
  }

  @Test func aValueOfAnUnknownClaimPoints() throws {
    let text = SpecSamples.text(
      replacing: ("a.softmax.error:", "paper2015.model.attack.error_rate:"))
    let page = SpecSamples.page
    let spec = try SpecSamples.load(
      text, page: page.replacing("Words.", with: "It is {{value paper2015.modl}}."))
    let error = #expect(throws: SpecError.self) {
      try spec.check(against: ClaimFixture.claims([[:]]))
    }
    #expect(error?.message == "no published claim is called ‘paper2015.modl’")
    #expect(error?.mark == Mark(line: 7, column: 15))
  }
}
