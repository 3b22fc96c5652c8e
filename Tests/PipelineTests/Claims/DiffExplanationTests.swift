import Testing

@testable import Pipeline

@Suite("diff --explain") struct DiffExplanationTests {
  /// The sample's claim, run with another ε than the paper's on data that it did not say enough about.
  private func results() throws -> [ClaimResult] {
    let claims = try ClaimFixture.claims(
      [["id": "a.softmax.error", "paper": "a"], ["id": "a.other.error", "paper": "a"]],
      file: "published/a.csv")
    let spec = try Spec.load(
      SourceText(name: "some/experiments.yaml", text: SpecSamples.text), profile: "paper",
      overrides: [("section-4.options.epsilon", "0.3")])
    let comparability = Comparability(
      spec, published: try PublishedConditions.spec(beside: spec))
    return try judge(
      claims,
      [
        "a.softmax.error": Observation(
          [.proportion(hits: 9012, total: 10000)], conditions: ["data": "mnist"])
      ], by: comparability)
  }

  /// The text with every line number as `N`.
  private func unnumbered(_ text: String) -> String {
    text.replacing(/experiments\.yaml:[0-9]+/, with: "experiments.yaml:N")
  }

  @Test("every condition stands there, ours beside the published one")
  func text() throws {
    let text = DiffExplanation(try results()).text()
    #expect(
      unnumbered(text) == """
        a.softmax.error: – not comparable
        """)
    let line = SpecSamples.text.split(separator: "\n", omittingEmptySubsequences: false)
      .firstIndex { $0.contains("epsilon: 0.25") }
    #expect(text.contains("0.25  experiments.yaml:\((line ?? 0) + 1)\n"))
  }

  @Test("a program reads the same conditions")
  func json() throws {
    let json = DiffExplanation(try results()).json()
    #expect(try JSON.parse(json.text()) == json)
    #expect(json["exit_code"] == 3)
    let claim = try #require(json["claims"]?.array?.first)
    #expect(claim["verdict"] == "not comparable" && claim["tolerance"]?["source"] == "rule")
    let conditions = try #require(claim["conditions"]?.array)
    let epsilon = try #require(conditions.first { $0["name"] == "epsilon" })
    #expect(epsilon["stage"] == "section-4" && epsilon["sort"] == "option")
    #expect(epsilon["ours"] == "0.3" && epsilon["published"] == "0.25")
    #expect(epsilon["holds"] == false)
    let images = try #require(conditions.first { $0["name"] == "test-images" })
    #expect(images["ours"] == .null && images["source"] == "published/a.csv")
    #expect(conditions.count { $0["holds"] == false } == 2)
  }
}
