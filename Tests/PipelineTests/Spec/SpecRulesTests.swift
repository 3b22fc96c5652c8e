import Testing

@testable import Pipeline

@Suite struct SpecRulesTests {
  private static let allRules: [any SpecRule.Type] = [
    OnlyKnownProfiles.self, KindsExist.self, InputsExist.self, SlotsFit.self, NoCycles.self,
    ClaimsRefer.self,
    SectionsRefer.self,
  ]

  /// What a rule says about the sample with one edit; empty if it is content.
  private func verdict(
    _ rule: any SpecRule.Type, replacing old: String, with new: String
  ) throws -> String {
    let spec = try SpecSamples.load(SpecSamples.text(replacing: (old, new)))
    do throws(SpecError) {
      try rule.check(spec, kinds: SpecSamples.kinds)
      return ""
    } catch {
      return error.description
    }
  }

  @Test func everyRuleIsContentWithTheSample() throws {
    let spec = try SpecSamples.load()
    for rule in Self.allRules {
      #expect(throws: Never.self) { try rule.check(spec, kinds: SpecSamples.kinds) }
    }
    #expect(throws: Never.self) { try spec.validate(kinds: SpecSamples.kinds) }
  }

  @Test func unknownKind() throws {
    #expect(
      try verdict(KindsExist.self, replacing: "kind: table", with: "kind: tabl") == """
        experiments.yaml:28:11: error: unknown kind ‘tabl’
           28 |     kind: tabl
              |           ^~~~
        hint: did you mean ‘table’?
        """)
  }

  @Test func unknownInputStage() throws {
    #expect(
      try verdict(InputsExist.self, replacing: "[softmax, maxout]", with: "[softmax, maxuot]")
        == """
        experiments.yaml:29:46: error: no stage is called ‘maxuot’
           29 |     inputs: {data: digits, models: [softmax, maxuot]}
              |                                              ^~~~~~
        hint: did you mean ‘maxout’?
        """)
  }

  @Test func inputStageTwice() throws {
    let text = try verdict(
      InputsExist.self, replacing: "[softmax, maxout]", with: "[maxout, maxout]")
    #expect(text.contains("29:45: error: ‘maxout’ is there twice"))
  }

  @Test func unknownSlot() throws {
    #expect(
      try verdict(SlotsFit.self, replacing: "models: [softmax", with: "model: [softmax") == """
        experiments.yaml:29:28: error: unknown input ‘model’
           29 |     inputs: {data: digits, model: [softmax, maxout]}
              |                            ^~~~~
        hint: did you mean ‘models’?
        """)
  }

  @Test func slotOfAKindWithoutInputs() throws {
    let text = try verdict(
      SlotsFit.self, replacing: "{validation: 10000}", with: "{}\n    inputs: {data: softmax}")
    #expect(text.contains("16:14: error: unknown input ‘data’"))
    #expect(text.hasSuffix("hint: ‘mnist’ takes no inputs"))
  }

  @Test func missingSlot() throws {
    #expect(
      try verdict(SlotsFit.self, replacing: "{data: digits, models", with: "{models") == """
        experiments.yaml:29:5: error: the input ‘data’ of ‘section-4’ is missing
           29 |     inputs: {models: [softmax, maxout]}
              |     ^~~~~~
        hint: add ‘data: …’ to ‘inputs’, with the name of a stage
        """)
  }

  @Test func missingInputsAltogether() throws {
    let text = try verdict(
      SlotsFit.self, replacing: "    inputs: {data: digits, models: [softmax, maxout]}\n", with: "")
    #expect(text.hasPrefix("experiments.yaml:27:3: error: the input ‘data’ of ‘section-4’"))
  }

  @Test func emptySlot() throws {
    let text = try verdict(SlotsFit.self, replacing: "[softmax, maxout]", with: "[]")
    #expect(text.contains("29:28: error: the input ‘models’ is empty"))
  }

  @Test func tooManyStagesInASlot() throws {
    let text = try verdict(
      SlotsFit.self, replacing: "data: digits, models", with: "data: [digits, softmax], models")
    #expect(text.contains("29:29: error: the input ‘data’ takes one stage, not 2"))
  }

  @Test func tooManyReplicatesInASlot() throws {
    let text = try verdict(
      SlotsFit.self, replacing: "kind: mnist", with: "kind: mnist\n    replicates: 3")
    #expect(
      text.contains("the input ‘data’ takes one answer, but ‘digits’ has 3 replicates"))
  }

  @Test func cycle() throws {
    #expect(
      try verdict(
        NoCycles.self, replacing: "kind: mnist", with: "kind: mnist\n    inputs: {x: section-4}")
          == """
          experiments.yaml:30:20: error: the stages need each other: digits → section-4 → digits
             30 |     inputs: {data: digits, models: [softmax, maxout]}
                |                    ^~~~~~
          hint: a stage cannot need its own answer; remove one of these inputs
          """)
  }

  @Test func aStageThatNeedsItself() throws {
    let text = try verdict(
      NoCycles.self, replacing: "kind: mnist", with: "kind: mnist\n    inputs: {x: digits}")
    #expect(text.contains("15:17: error: the stages need each other: digits → digits"))
  }

  @Test func aLongCycleIsShownInPart() throws {
    var text = "version: 2\nseed: 1\ndefault-profile: a\nprofiles: [a]\nstages:\n"
    for number in 0..<30 {
      text += "  s\(number): {kind: train, inputs: {data: s\((number + 1) % 30)}}\n"
    }
    let spec = try SpecSamples.load(text)
    let error = #expect(throws: SpecError.self) { try spec.validate(kinds: SpecSamples.kinds) }
    #expect(
      error?.message
        == "the stages need each other: s0 → s1 → s2 → s3 → s4 → … → s27 → s28 → s29 → s0")
  }

  @Test func claimOfAnUnknownStage() throws {
    let text = try verdict(
      ClaimsRefer.self, replacing: "stage: section-4", with: "stage: section-5")
    #expect(text.contains("32:28: error: no stage is called ‘section-5’"))
    #expect(text.hasSuffix("hint: did you mean ‘section-4’?"))
  }

  @Test func sectionThatShowsAnUnknownStage() throws {
    let spec = try SpecSamples.load(
      page: SpecSamples.page.replacing("{{show section-4}}", with: "{{show section-5}}"))
    let error = #expect(throws: SpecError.self) {
      try SectionsRefer.check(spec, kinds: SpecSamples.kinds)
    }
    #expect(
      error?.description == """
        papers/goodfellow2015.md:10:8: error: no stage is called ‘section-5’
           10 | {{show section-5}}
              |        ^~~~~~~~~
        hint: did you mean ‘section-4’?
        """)
  }

  @Test func aPaperTwice() throws {
    let text = try verdict(
      SectionsRefer.self, replacing: "[goodfellow2015]", with: "[goodfellow2015, goodfellow2015]")
    #expect(text.contains("33:26: error: the paper ‘goodfellow2015’ is there twice"))
  }
}
