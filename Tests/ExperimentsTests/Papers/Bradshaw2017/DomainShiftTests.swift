import Kernels
import Testing

@testable import Bradshaw2017
@testable import Contract
@testable import Datasets
@testable import Measures

@Suite struct DomainShiftTests {
  @Test func everyModelIsTestedOnEverySet() throws {
    let output = try ToyDigits.run(DomainShiftTable.self, [:], inputs: ToyShift.inputs())
    let table = try output.table("shift")
    let name = ToyDigits.parts.name
    #expect(
      table.column("model")
        == ["plain", "plain", "plain", "plain", "hybrid", "hybrid"].map { .text($0) })
    #expect(table.column("replicate") == [1, 1, 2, 2, 1, 1].map { .integer($0) })
    #expect(
      table.column("set") == [name, "turned", name, "turned", name, "turned"].map { .text($0) })
    #expect(table.column("source")[1] == .text("turned-digits"))
    let model = try ToyDigits.softmax.get().classifier()
    let test = Evaluator(ToyShift.other.test, for: model.classes, in: ToyModels.workspace)
    let scores = try test.scores(of: model)
    #expect(table.column("accuracy")[1] == .proportion(hits: scores.hits, total: 60))
    #expect(table.column("log_likelihood")[1] == .measured(scores.logLikelihood))
    #expect(table.column("log_likelihood_error")[1] == .measured(scores.logLikelihoodError))
    #expect(table.column("entropy")[1] == .measured(scores.entropy))
  }

  /// A claim asks for the data that was learnt from; what was tested on is a matter of the row.
  @Test func theConditionsAreThoseOfTheModels() throws {
    let output = try ToyDigits.run(DomainShiftTable.self, [:], inputs: ToyShift.inputs())
    let name = ToyDigits.parts.name
    #expect(output.conditions["data"] == name && output.conditions["test-images"] == "200")
    #expect(output.conditions["turned/test-images"] == "60")
    #expect(output.conditions["\(name)/test-images"] == "200")
    #expect(output.conditions["train-images"] == "600")
  }

  @Test func setsOfDifferentShapesAreRefused() throws {
    var inputs = try ToyShift.inputs()
    let small = LabelledImages(images: [0, 0, 0, 0], labels: [1], height: 2, width: 2)
    inputs["sets"]?.append(
      ToyDigits.input(
        DigitImages(name: "small", train: small, validation: small, test: small)))
    let failure = #expect(throws: StageFailure.self) {
      try ToyDigits.run(DomainShiftTable.self, [:], inputs: inputs)
    }
    #expect(failure?.blame == .data && failure?.description.contains("as-digits") == true)
  }
}
