import Kernels
import Testing

@testable import Contract

@Suite struct InheritanceTests {
  private static func input(
    _ stage: String, _ conditions: [String: String], _ deviations: [Deviation] = []
  ) -> StageInput {
    StageInput(
      stage: stage,
      output: StageOutput(artifacts: [:], conditions: conditions, deviations: deviations))
  }

  private static func context(_ inputs: [String: [StageInput]]) -> StageContext {
    StageContext(
      name: "test", inputs: inputs, seed: Seed(1, stage: "test"), workspace: ToyModels.workspace)
  }

  @Test func conditionsOfAllInputsAreCarriedOn() {
    let context = Self.context([
      "data": [Self.input("digits", ["data": "mnist"])],
      "models": [
        Self.input("a", ["data": "mnist", "epochs": "3"]), Self.input("b", ["cap": "2"]),
      ],
    ])
    let output = context.inheriting([:], conditions: ["epsilon": "0.25"])
    #expect(
      output.conditions == ["data": "mnist", "epochs": "3", "cap": "2", "epsilon": "0.25"])
  }

  @Test func aConflictKeepsBothSides() {
    let context = Self.context([
      "models": [
        Self.input("a@1", ["epochs": "70"]), Self.input("a@2", ["epochs": "60"]),
        Self.input("a@3", ["epochs": "70"]),
      ]
    ])
    #expect(context.inheriting([:]).conditions == ["epochs": "60 and 70"])
  }

  @Test func aConditionThatHoldsAnAndIsOneCondition() {
    let course = "343 epochs on 50000 images and 12 on 60000"
    let context = Self.context([
      "models": [Self.input("a@1", ["training": course]), Self.input("a@2", ["training": course])]
    ])
    #expect(context.inheriting([:]).conditions == ["training": course])
  }

  @Test func ownConditionsComeOnTop() {
    let context = Self.context(["data": [Self.input("digits", ["data": "mnist"])]])
    #expect(context.inheriting([:], conditions: ["data": "ours"]).conditions == ["data": "ours"])
  }

  @Test func aDeviationIsListedOnceInTheOrderOfTheInputs() {
    let (one, two, own) = (
      Deviation("one", because: "x"), Deviation("two", because: "y"), Deviation("own", because: "z")
    )
    let context = Self.context([
      "models": [Self.input("a", [:], [one, two]), Self.input("b", [:], [two])],
      "data": [Self.input("digits", [:], [two])],
    ])
    #expect(context.inheriting([:], deviations: [one, own]).deviations == [two, one, own])
  }

  @Test func anInputKnowsItsNameAndReplicate() {
    let (first, second) = (Self.input("maxout", [:]), Self.input("maxout@2", [:]))
    #expect(first.name == "maxout" && first.replicate == 1)
    #expect(second.name == "maxout" && second.replicate == 2)
  }

  @Test func missingArraysAreADataFailureThatNamesThem() {
    let failure = #expect(throws: StageFailure.self) {
      try Self.input("maxout@2", [:]).tensors("weights")
    }
    #expect(failure?.blame == .data)
    #expect(failure?.description == "‘maxout@2’ has no arrays named ‘weights’")
  }
}
