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
          Error rate of a model, FGSM (eps=0.25) on MNIST test
          published  90.0 %  Sec. 4, in published/a.csv
          ours       90.12 %  n = 10000  95 % interval [89.52, 90.69]
          tolerance  ± 3, by the rule of attack_rate
          remarks    test-images is unknown, the paper's is ‘10000’; section-4: epsilon is 0.3, the paper's is 0.25
                             ours                          published                     which stands in
          found
            ✓ data           mnist                         mnist                         published/a.csv
            ✗ test-images    unknown                       10000                         published/a.csv
          section-4
            ✓ kind           table                         table                         experiments.yaml:N
            ✓ data           digits                        digits                        experiments.yaml:N
            ✓ models         softmax, maxout               softmax, maxout               experiments.yaml:N
            ✗ epsilon        0.3                           0.25                          experiments.yaml:N
          digits
            ✓ kind           mnist                         mnist                         experiments.yaml:N
            ✓ validation     10000                         10000                         experiments.yaml:N
          softmax
            ✓ kind           train                         train                         experiments.yaml:N
            ✓ data           digits                        digits                        experiments.yaml:N
            ✓ epochs         20                            20                            experiments.yaml:N
            ✓ learning-rate  0.1                           0.1                           experiments.yaml:N
          maxout
            ✓ kind           train                         train                         experiments.yaml:N
            ✓ data           digits                        digits                        experiments.yaml:N
            ✓ epochs         60                            60                            experiments.yaml:N
            ✓ schedule       [0.1, rate: 0.01, after: 10]  [0.1, rate: 0.01, after: 10]  experiments.yaml:N
          16 conditions: 14 ✓, 2 ✗

        a.other.error: ○ not run
          Error rate of a model, FGSM (eps=0.25) on MNIST test
          published  90.0 %  Sec. 4, in published/a.csv
          ours       —
          tolerance  ± 3, by the rule of attack_rate
          remarks    no stage measures it
                           ours     published  which stands in
          found
            ✗ data         unknown  mnist      published/a.csv
            ✗ test-images  unknown  10000      published/a.csv
          conditions
            ✗ conditions   unknown  unknown
          3 conditions: 0 ✓, 3 ✗

        """)
    let line = SpecSamples.text.split(separator: "\n", omittingEmptySubsequences: false)
      .firstIndex { $0.contains("epsilon: 0.25") }
    let epsilon = text.split(separator: "\n").first { $0.contains("✗ epsilon") }
    #expect(epsilon?.hasSuffix(" experiments.yaml:\((line ?? 0) + 1)") == true)
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
