import Contract
import Papers
import Testing

@testable import Pipeline

/// Stages that only some profiles have.
@Suite struct ProfileStagesTests {
  /// The sample with `maxout` kept to a profile, and further edits.
  private func load(
    only: String = "[paper]", profile: String, _ edits: (String, String)...
  ) throws -> Spec {
    var text = SpecSamples.text(replacing: ("  maxout:\n", "  maxout:\n    only: \(only)\n"))
    for (old, new) in edits {
      try #require(text.contains(old))
      text = text.replacing(old, with: new)
    }
    return try SpecSamples.load(text, profile: profile)
  }

  private func mistake(_ spec: Spec) -> String? {
    #expect(throws: SpecError.self) { try spec.validate(kinds: SpecSamples.kinds) }?.description
  }

  @Test func aStageIsPartOfTheProfilesItNames() throws {
    let paper = try load(profile: "paper")
    #expect(paper.stages.map(\.name) == ["digits", "softmax", "maxout", "section-4"])
    #expect(paper.leftOut.isEmpty)
    #expect(throws: Never.self) { try paper.validate(kinds: SpecSamples.kinds) }
    let standard = try load(profile: "standard")
    #expect(standard.stages.map(\.name) == ["digits", "softmax", "section-4"])
    #expect(standard.leftOut.map(\.name) == ["maxout"])
    #expect(standard.stage(named: "maxout") == nil && standard.leftOut(named: "maxout") != nil)
    #expect(standard.stage(named: "section-4")?.kind == "table", "positions are those of the plan")
    #expect(standard.leftOut(named: "maxout")?.onlyText == "only in profile paper")
    let two = try load(only: "[paper, demo]", profile: "standard")
    #expect(two.leftOut[0].onlyText == "only in profiles paper and demo")
    #expect(try load(only: "[paper, demo]", profile: "demo").leftOut.isEmpty)
  }

  @Test func aStageOfTheProfileCannotNeedOneThatIsLeftOut() throws {
    #expect(
      mistake(try load(profile: "standard")) == """
        experiments.yaml:30:46: error: ‘section-4’ needs ‘maxout’, which is only in profile paper, not in ‘standard’
           30 |     inputs: {data: digits, models: [softmax, maxout]}
              |                                              ^~~~~~
        hint: give the input another value for the profile ‘standard’, or keep ‘section-4’ to the same profiles with ‘only’
        """)
  }

  @Test func aProfileMayHaveOtherInputs() throws {
    let spec = try load(
      profile: "standard",
      ("[softmax, maxout]", "{standard: [softmax], default: [softmax, maxout]}"))
    #expect(throws: Never.self) { try spec.validate(kinds: SpecSamples.kinds) }
    #expect(spec.stage(named: "section-4")?.inputs.map(\.stages) == [["digits"], ["softmax"]])
    let whole = try load(
      profile: "standard",
      (
        "{data: digits, models: [softmax, maxout]}",
        "{standard: {data: digits, models: softmax}, default: {data: digits, models: maxout}}"
      ))
    #expect(whole.stage(named: "section-4")?.inputs.map(\.stages) == [["digits"], ["softmax"]])
  }

  @Test func theOtherWayRoundIsAllowed() throws {
    let spec = try SpecSamples.load(
      SpecSamples.text(replacing: ("kind: table", "kind: table\n    only: [paper]")))
    #expect(spec.stages.map(\.name) == ["digits", "softmax", "maxout"])
    #expect(throws: Never.self) { try spec.validate(kinds: SpecSamples.kinds) }
  }

  @Test func claimsAndSectionsMaySpeakOfAStageThatIsLeftOut() throws {
    let spec = try SpecSamples.load(
      SpecSamples.text(replacing: ("kind: table", "kind: table\n    only: [demo]")))
    #expect(throws: Never.self) {
      try ClaimsRefer.check(spec, kinds: SpecSamples.kinds)
      try SectionsRefer.check(spec, kinds: SpecSamples.kinds)
    }
  }

  @Test func aLeftOutStageIsCheckedToo() throws {
    let kind = try load(profile: "demo", ("kind: table", "kind: tabl\n    only: [paper]"))
    #expect(mistake(kind)?.contains("error: unknown kind ‘tabl’") == true)
    let input = try load(
      profile: "demo", ("kind: table", "kind: table\n    only: [paper]"),
      ("models: [softmax, maxout]", "models: [softmax, maxuot]"))
    #expect(mistake(input)?.contains("error: no stage is called ‘maxuot’") == true)
    #expect(mistake(input)?.hasSuffix("hint: did you mean ‘maxout’?") == true)
    let slot = try load(
      profile: "demo", ("kind: table", "kind: table\n    only: [paper]"),
      ("models: [softmax, maxout]", "model: softmax"))
    #expect(mistake(slot)?.contains("error: unknown input ‘model’") == true)
  }

  @Test func anUnknownProfilePoints() throws {
    #expect(
      mistake(try load(only: "[paper, papr]", profile: "paper")) == """
        experiments.yaml:21:19: error: unknown profile ‘papr’
           21 |     only: [paper, papr]
              |                   ^~~~
        hint: did you mean ‘paper’?
        """)
  }

  @Test(arguments: [
    ("[]", "21:11: error: ‘only’ is empty, so the stage is part of no profile"),
    ("paper", "21:11: error: ‘only’ is text"),
    ("[1]", "21:12: error: an entry of ‘only’ is a whole"),
  ])
  func mistakesPoint(only: String, expected: String) throws {
    let error = #expect(throws: SpecError.self) { try load(only: only, profile: "paper") }
    #expect(error?.description.hasPrefix("experiments.yaml:\(expected)") == true)
  }

  @Test func theProjectsOwnSpecIsRightInEveryProfile() throws {
    let path = "\(SourceTree.root)/experiments.yaml"
    let source = try SourceText(name: path, bytes: Files.read(path))
    let published = try PublishedClaims.load(folder: "\(SourceTree.root)/published")
    let ids = Set(published.map(\.id))
    for profile in ["demo", "standard", "paper"] {
      let spec = try Spec.load(
        source, profile: profile, claims: published.map(\.id),
        pages: Project.pages(beside: SourceTree.root))
      try spec.validate(kinds: Catalog.kinds.map(KindInfo.init))
      try spec.check(against: published)
      #expect(spec.papers.count == 7)
      #expect(ids.subtracting(spec.claims.map(\.id)).isEmpty, "each claim has its entry")
    }
  }

  /// Whoever adds a kind or a piece lets the demo show it; what reads original files cannot be there.
  @Test func theDemoProfileExercisesEveryKindAndPiece() throws {
    let path = "\(SourceTree.root)/experiments.yaml"
    let ids = try PublishedClaims.load(folder: "\(SourceTree.root)/published").map(\.id)
    let spec = try Spec.load(
      SourceText(name: path, bytes: Files.read(path)), profile: "demo", claims: ids)
    var pieces: Set<String> = []
    for stage in spec.stages {
      var reader = OptionReader(stage.options)
      _ = try #require(Catalog.kind(named: stage.kind)).init(options: &reader)
      pieces.formUnion(reader.pieces.map { "\($0)" })
    }
    let kinds = Set(spec.stages.map(\.kind))
    let idle = Catalog.kinds.filter { $0.dataSets.isEmpty && !kinds.contains($0.kind) }
    #expect(idle.map { $0.kind } == [])
    #expect(Catalog.pieces.map { "\($0)" }.filter { !pieces.contains($0) } == [])
  }
}
