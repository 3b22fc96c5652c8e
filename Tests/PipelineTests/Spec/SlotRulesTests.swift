import Papers
import Testing

@testable import Pipeline

/// What a stage takes, shows and is claimed of must be what stages of its kind give.
@Suite struct SlotRulesTests {
  private func mistake(
    _ edits: (String, String)..., page: String = SpecSamples.page
  ) throws -> String {
    var text = SpecSamples.text
    for (old, new) in edits {
      try #require(text.contains(old))
      text = text.replacing(old, with: new)
    }
    let spec = try SpecSamples.load(text, profile: "paper", page: page)
    return #expect(throws: SpecError.self) { try spec.validate(kinds: SpecSamples.kinds) }?
      .description ?? ""
  }

  @Test func `an input that does not give what is needed points`() throws {
    #expect(
      try mistake(("models: [softmax, maxout]", "models: [softmax, digits]")) == """
        experiments.yaml:29:46: error: ‘section-4’ needs ‘weights’ of its input ‘models’, which ‘digits’ (mnist) does not give
           29 |     inputs: {data: digits, models: [softmax, digits]}
              |                                              ^~~~~~
        hint: it gives: train, test
        """)
  }

  @Test func `a misspelt artifact of a page points`() throws {
    let page = SpecSamples.page
    #expect(
      try mistake(
        page: page.replacing("{{table section-4/attack}}", with: "{{table section-4/atack}}"))
          == """
          papers/goodfellow2015.md:9:9: error: ‘section-4’ (table) gives nothing to show that is called ‘atack’
              9 | {{table section-4/atack}}
                |         ^~~~~~~~~~~~~~~
          hint: did you mean ‘attack’?
          """)
    #expect(
      try mistake(
        page: page.replacing("{{table section-4/attack}}", with: "{{figure section-4/attack}}")
      )
      .contains("error: ‘section-4/attack’ is a table, no figure\n"))
    #expect(
      try mistake(
        page: page.replacing("{{table section-4/attack}}", with: "{{table section-4/examples}}")
      )
      .contains("error: ‘section-4/examples’ is a figure, no table\n"))
    #expect(
      try mistake(
        page: page.replacing("{{table section-4/attack}}", with: "{{figure softmax/weights}}")
      )
      .contains("error: ‘softmax’ (train) gives nothing to show that is called ‘weights’\n"))
  }

  @Test(arguments: [
    ("table: attack", "table: atack", "32:46: error: ‘section-4’ (table) gives no table ‘atack’"),
    (
      "where: {model:", "where: {modl:",
      "32:62: error: the table ‘attack’ of ‘section-4’ has no column ‘modl’"
    ),
    (
      "column: error}", "column: errors}",
      "32:87: error: the table ‘attack’ of ‘section-4’ has no column ‘errors’"
    ),
    (
      "column: error}", "column: error, keys: [run]}",
      "32:46: error: the table ‘attack’ of ‘section-4’ has no column ‘run’"
    ),
  ])
  func `a claim about what no stage of the kind gives points`(
    old: String, new: String, expected: String
  ) throws {
    let first = try mistake((old, new)).split(separator: "\n").first ?? ""
    #expect(first == "experiments.yaml:\(expected)")
  }

  @Test func `a stage of another profile is checked as well`() throws {
    let text = try mistake(
      ("models: [softmax, maxout]", "models: [softmax, digits]"),
      ("  section-4:\n", "  section-4:\n    only: [demo]\n"))
    #expect(text.contains("‘digits’ (mnist) does not give"))
  }

  /// A slot that may stay empty, and artifacts that stand on the options of their giver.
  @Test func `what a real stage gives stands on its options`() throws {
    func mistake(watch: String, whitening: String = "") throws -> String? {
      let text = """
        version: 2
        seed: 1
        default-profile: p
        profiles: [p]
        stages:
          digits: {kind: synthetic-digits, options: {train: 40, validation: 20, test: 20}}
          training:
            kind: train
            inputs: {data: digits\(whitening)}
            options: {network: softmax-regression, objective: clean, watch: \(watch), sequel: none,
              learn-from: training, accuracy-of: [], recipe: gradient-descent, batch: 20,
              learning-rate: 0.1, learning-rate-divisor: 1, first-momentum: 0.5,
              last-momentum: 0.5, momentum-epochs: 1, norm-cap: 0, stop: patience, patience: 2,
              maximum-epochs: 2}
          first: {kind: first-stop, inputs: {training: training}}
        """
      let spec = try Spec.load(SourceText(name: "spec.yaml", text: text), profile: "p")
      do throws(SpecError) {
        try spec.validate(kinds: Catalog.kinds.map(KindInfo.init))
        return nil
      } catch { return error.description }
    }
    #expect(try mistake(watch: "[training, clean]") == nil)
    let lacking = try #require(try mistake(watch: "[clean]"))
    #expect(
      lacking.contains(
        "‘first’ needs ‘other-weights’ of its input ‘training’, which ‘training’ (train) does not"
          + " give"), "\(lacking)")
    #expect(lacking.hasSuffix("it gives: weights, curve, plot"), "\(lacking)")
    let whitened = try mistake(watch: "[training, clean]", whitening: ", whitening: digits")
    #expect(whitened?.contains("needs ‘whitening’ of its input ‘whitening’") == true)
  }
}
