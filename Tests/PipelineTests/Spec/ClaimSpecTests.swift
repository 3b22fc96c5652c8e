import Testing

@testable import Pipeline

/// What `claims` and the sections may say about published numbers.
@Suite struct ClaimSpecTests {
  private static let cell =
    "{stage: section-4, table: attack, where: {model: softmax}, column: error}"

  private func claim(_ text: String) throws -> ClaimSpec {
    let spec = try SpecSamples.load(SpecSamples.text(replacing: (Self.cell, text)))
    return try #require(spec.claims.first)
  }

  @Test func aReasonMayStandForACell() throws {
    let claim = try claim("{not-run: 'needs  ImageNet'}")
    #expect(claim.cell == nil)
    guard case .notRun(let reason) = claim.source else {
      Issue.record("the reason was not read")
      return
    }
    #expect(reason == "needs ImageNet", "a folded line is one line")
  }

  @Test(arguments: [
    ("{not-run: x, stage: section-4}", "32:33: error: the claim ‘a.softmax.error’ is not run, so"),
    ("{table: attack, not-run: x}", "32:21: error: the claim ‘a.softmax.error’ is not run, so it"),
    ("{not-run: ' '}", "32:30: error: ‘not-run’ is empty"),
    ("{not-run: [x]}", "32:30: error: ‘not-run’ is a list"),
    ("{notrun: x}", "32:21: error: unknown key ‘notrun’"),
    ("{stage: a, table: b, column: c, keys: model}", "32:58: error: ‘keys’ is text"),
    ("{stage: a, table: b, column: c, keys: [1]}", "32:59: error: an entry of ‘keys’ is a whole"),
    ("nothing", "32:20: error: the claim ‘a.softmax.error’ is text"),
  ])
  func mistakesPoint(text: String, expected: String) throws {
    let error = #expect(throws: SpecError.self) { try claim(text) }
    let first = try #require(error?.description.split(separator: "\n").first)
    #expect(first.hasPrefix("experiments.yaml:\(expected)"), "\(first)")
  }

  @Test func aMatrixNamesItsKeys() throws {
    let cell = "{stage: section-4, table: cells, keys: [source, target], column: rate}"
    #expect(try claim(cell).cell?.keys == ["source", "target"])
    #expect(try claim(Self.cell).cell?.keys == [])
  }

  @Test(arguments: [
    ("keys: [source, target], ", nil, nil),
    ("", "is a matrix with other ‘keys’ in published/paper2015_cells.csv", "[source, target]"),
    ("keys: [source], ", "is a matrix with other ‘keys’", "write ‘keys: [source, target]’"),
    ("keys: [target, source], ", "is a matrix with other ‘keys’", "[source, target]"),
  ])
  func keysAreThoseOfThePublishedFile(keys: String, message: String?, hint: String?) throws {
    let text = SpecSamples.text(
      replacing: (Self.cell, "{stage: section-4, table: cells, \(keys)column: rate}"),
      ("a.softmax.error:", "paper2015.cells:"))
    let spec = try SpecSamples.load(text)
    let published = try MatrixFixture.claim()
    guard let message, let hint else {
      #expect(throws: Never.self) { try spec.check(against: published) }
      return
    }
    let error = #expect(throws: SpecError.self) { try spec.check(against: published) }
    #expect(error?.message.contains(message) == true && error?.hint?.contains(hint) == true)
    #expect(error?.mark == Mark(line: 32, column: 3))
  }

  @Test func aSingleNumberHasNoKeys() throws {
    let text = SpecSamples.text(
      replacing: ("column: error}", "keys: [model], column: error}"),
      ("a.softmax.error:", "paper2015.model.attack.error_rate:"))
    let spec = try SpecSamples.load(text)
    let published = try ClaimFixture.claims([[:]])
    let error = #expect(throws: SpecError.self) { try spec.check(against: published) }
    #expect(error?.message.contains("is a single number, which has no ‘keys’") == true)
  }

  @Test func aClaimMustBePublished() throws {
    let spec = try SpecSamples.load(
      SpecSamples.text(replacing: ("a.softmax.error:", "paper2015.model.attack.eror_rate:")))
    let error = #expect(throws: SpecError.self) {
      try spec.check(against: ClaimFixture.claims([[:]]))
    }
    #expect(
      error?.description == """
        experiments.yaml:32:3: error: no published claim is called ‘paper2015.model.attack.eror_rate’
           32 |   paper2015.model.attack.eror_rate: {stage: section-4, table: attack, where: {model: softm…
              |   ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
        hint: did you mean ‘paper2015.model.attack.error_rate’?
        """)
  }

  @Test(arguments: [
    ("paper2015.model.attack.error_rate", true), ("paper2015.model", true), ("paper2015", true),
    ("paper2015.mod", false), ("paper2015.", false), ("other", false),
  ])
  func aSectionNamesClaimsByWholeWords(prefix: String, isThere: Bool) throws {
    let text = SpecSamples.text(
      replacing: ("a.softmax.error:", "paper2015.model.attack.error_rate:"))
    let spec = try SpecSamples.load(
      text,
      page: SpecSamples.page.replacing(
        "Words.", with: "Words.\n\n{{claims \(prefix)}}"))
    #expect(spec.papers[0].sections[0].claims.map(\.prefix) == [prefix])
    let published = try ClaimFixture.claims([[:]])
    if isThere {
      #expect(throws: Never.self) { try spec.check(against: published) }
    } else {
      let error = #expect(throws: SpecError.self) { try spec.check(against: published) }
      #expect(error?.mark == Mark(line: 9, column: 10))
      #expect(error?.message == "no published claim is called ‘\(prefix)’ or begins with it")
    }
  }
}
