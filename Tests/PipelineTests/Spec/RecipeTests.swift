import Testing

@testable import Pipeline

/// Recipes, choices by profile, groups and variants: what a stage comes to.
@Suite struct RecipeTests {
  /// A spec of three profiles with these recipes and stages.
  private func load(
    recipes: String = "{}", _ stages: String, profile: String? = nil, published: Bool = false
  ) throws(SpecError) -> Spec {
    let text = """
      version: 2
      seed: 1
      profiles: [demo, standard, paper]
      default-profile: standard
      recipes: \(recipes)
      stages:

      """
    return try Spec.load(
      SourceText(name: "t.yaml", text: text + stages), profile: profile, published: published)
  }

  private func mistake(recipes: String = "{}", _ stages: String) -> String {
    let error = #expect(throws: SpecError.self) { try load(recipes: recipes, stages) }
    return error?.description ?? ""
  }

  @Test func aStageSaysOnlyWhatDiffersFromItsRecipe() throws {
    let spec = try load(
      recipes: "{a: {x: 1, y: {deep: 2}}, b: {like: a, x: 3}, c: {z: 4}}",
      """
        one: {kind: k, like: a}
        two: {kind: k, like: b, options: {y: 5}}
        three: {kind: k, like: [b, c], options: {z: 6}}
      """)
    #expect(spec.stages[0].options == ["x": .int(1), "y": .map(["deep": .int(2)])])
    #expect(spec.stages[1].options == ["x": .int(3), "y": .int(5)], "a value is replaced whole")
    #expect(
      spec.stages[2].options == ["x": .int(3), "y": .map(["deep": .int(2)]), "z": .int(6)])
  }

  @Test func anUnknownRecipePoints() {
    #expect(
      mistake(recipes: "{maxout: {x: 1}}", "  one: {kind: k, like: maxuot}") == """
        t.yaml:7:24: error: no recipe is called ‘maxuot’
            7 |   one: {kind: k, like: maxuot}
              |                        ^~~~~~
        hint: did you mean ‘maxout’?
        """)
    #expect(mistake("  one: {kind: k, like: a}").hasSuffix("hint: the spec has no ‘recipes’"))
    #expect(
      mistake(recipes: "{a: {x: 1}}", "  one: {kind: k, like: {a: 1}}")
        .hasPrefix("t.yaml:7:24: error: ‘like’ is a mapping"))
  }

  @Test func recipesThatNeedEachOtherPointWhetherUsedOrNot() {
    #expect(
      mistake(recipes: "{a: {like: b}, b: {like: a}}", "  one: {kind: k}") == """
        t.yaml:5:35: error: the recipes need each other: a → b → a
            5 | recipes: {a: {like: b}, b: {like: a}}
              |                                   ^
        hint: a recipe cannot be like itself; remove one of these
        """)
  }

  @Test(arguments: [("demo", 3), ("standard", 10), ("paper", 1000)])
  func aValueMayBeAChoiceByProfile(profile: String, epochs: Int) throws {
    let spec = try load(
      recipes: "{r: {epochs: {demo: 3, default: 10, paper: 1000}}}",
      """
        one: {kind: {demo: k, default: l}, like: r, replicates: {paper: 3, default: 1}}
        two: {kind: k, options: {demo: {a: 1}, default: {b: {standard: 2, paper: 3}}}}
        three: {kind: k, inputs: {data: {demo: two, default: [one, two]}}}
      """, profile: profile)
    let one = spec.stages[0]
    #expect(one.options == ["epochs": .int(epochs)])
    #expect(one.kind == (profile == "demo" ? "k" : "l"))
    #expect(one.replicates == (profile == "paper" ? 3 : 1))
    #expect(
      spec.stages[1].options
        == (profile == "demo" ? ["a": .int(1)] : ["b": .int(profile == "paper" ? 3 : 2)]))
    #expect(spec.stages[2].inputs[0].stages == (profile == "demo" ? ["two"] : ["one", "two"]))
  }

  @Test func whatIsPublishedIsTakenOnlyWhenAskedFor() throws {
    let stages =
      "  one: {kind: k, options: {n: {default: 1, published: 340}, m: {default: 2, paper: 3}}}"
    #expect(try load(stages, profile: "paper").stages[0].options == ["n": .int(1), "m": .int(3)])
    let published = try load(stages, published: true)
    #expect(published.profile == "paper")
    #expect(published.stages[0].options == ["n": .int(340), "m": .int(3)])
  }

  @Test func aProfileWithoutAValuePointsWhicheverIsInForce() {
    #expect(
      mistake("  one: {kind: k, options: {epochs: {standard: 3, paper: 9}}}") == """
        t.yaml:7:36: error: ‘epochs’ has no value for the profile ‘demo’
            7 |   one: {kind: k, options: {epochs: {standard: 3, paper: 9}}}
              |                                    ^~~~~~~~~~~~~~~~~~~~~~~
        hint: add ‘demo: …’, or ‘default: …’ for every profile that is not named
        """)
    #expect(throws: Never.self) {
      try load("  one: {kind: k, only: [paper], options: {epochs: {paper: 9}}}")
    }
    #expect(
      mistake("  one: {kind: k, options: {epochs: {published: 9}}}")
        .contains("‘epochs’ has no value for the profile ‘demo’"))
  }

  @Test func aMisspeltProfileInAChoicePoints() {
    #expect(
      mistake("  one: {kind: k, options: {epochs: {demo: 3, standrd: 10, default: 1}}}") == """
        t.yaml:7:46: error: ‘standrd’ is no profile, and beside it stands the profile ‘demo’
            7 |   one: {kind: k, options: {epochs: {demo: 3, standrd: 10, default: 1}}}
              |                                              ^~~~~~~
        hint: did you mean ‘standard’?
        """)
  }

  @Test func otherMappingsAreNoChoices() throws {
    let spec = try load("  one: {kind: k, options: {a: {rate: 1, default: 2}, b: {}}}")
    #expect(
      spec.stages[0].options == ["a": .map(["rate": .int(1), "default": .int(2)]), "b": .map([:])])
  }

  @Test func aGroupKeepsItsStagesToProfiles() throws {
    let spec = try load(
      """
        large:
          only: [paper, standard]
          stages:
            one: {kind: k}
            two: {kind: k, only: [paper]}
        three: {kind: k}
      """)
    #expect(spec.stages.map(\.name) == ["one", "three"])
    #expect(spec.leftOut.map(\.onlyText) == ["only in profile paper"])
    #expect(
      mistake("  g: {onyl: [paper], stages: {one: {kind: k}}}")
        .hasPrefix("t.yaml:7:7: error: unknown key ‘onyl’"))
    #expect(
      mistake("  g: {stages: {one: {kind: k}}}\n  one: {kind: k}") == """
        t.yaml:8:3: error: two stages are called ‘one’
            8 |   one: {kind: k}
              |   ^~~
        hint: it was first given in line 7
        """)
  }

  @Test func variantsAreNamedByTheirValues() throws {
    let spec = try load(
      "  l1: {kind: k, options: {n: 1}, each: {coefficient: [0.0025, 1], head: [rbf, softmax]}}")
    #expect(
      spec.stages.map(\.name) == [
        "l1-0.0025-rbf", "l1-0.0025-softmax", "l1-1-rbf", "l1-1-softmax",
      ])
    #expect(
      spec.stages[0].options
        == ["n": .int(1), "coefficient": .double(0.0025), "head": .string("rbf")])
  }

  @Test func variantsMayHaveNamesAndInputsOfTheirOwn() throws {
    let spec = try load(
      """
        data: {kind: k}
        nets:
          kind: k
          inputs: {data: data}
          options: {n: 1, m: 2}
          each:
            first: {n: {paper: 5, default: 6}}
            second: {inputs: {more: [first]}, replicates: 3, only: [standard]}
      """)
    #expect(spec.stages.map(\.name) == ["data", "first", "second"])
    #expect(spec.stages[1].options == ["n": .int(6), "m": .int(2)])
    #expect(spec.stages[2].options == ["n": .int(1), "m": .int(2)])
    #expect(
      spec.stages[2].inputs.map(\.slot) == ["data", "more"] && spec.stages[2].replicates == 3)
  }

  @Test(arguments: [
    ("{}", "7:24: error: ‘each’ is empty"), ("{n: []}", "7:28: error: ‘n’ has no value"),
    ("{n: [[1]]}", "7:29: error: a list cannot be part of a variant’s name"),
    ("{n: [a b]}", "7:29: error: the stage name ‘one-a b’ is not a name"),
    ("{A: {n: 1}}", "7:25: error: the stage name ‘A’ is not a name"),
    ("{a: 1}", "7:28: error: the variant ‘a’ is a whole number"),
  ])
  func mistakesInVariantsPoint(each: String, expected: String) {
    #expect(mistake("  one: {kind: k, each: \(each)}").hasPrefix("t.yaml:\(expected)"))
  }

  @Test func aFileOfVersion1IsToldWhatChanged() {
    let source = SourceText(name: "old.yaml", text: "version: 1\nprofiles: {demo: {}}\n")
    let error = #expect(throws: SpecError.self) { try Spec.load(source) }
    #expect(
      error?.description == """
        old.yaml:1:10: error: this file is of version 1, and version 2 is read
            1 | version: 1
              |          ^
        hint: write ‘version: 2’ and change:
          profiles: a list of names, [demo, standard, paper]; a profile’s value stands at the option,
            as in ‘epochs: {demo: 3, default: 10, paper: 1000}’, where it stood under ‘profiles’
          papers: a list of names; what was said of a paper stands in papers/NAME.md
          recipes: options that several stages share; a stage says ‘like: RECIPE’ (new, if wanted)
          claims: an id may be a pattern with {places} (new, if wanted)
        """)
  }
}
