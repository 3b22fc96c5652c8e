import Kernels
import Testing

@testable import Contract
@testable import Datasets
@testable import Measures
@testable import Stages

@Suite struct CraftErrorsTests {
  static func options(epsilon: Double = 0.1) -> [String: Setting] {
    [
      "attack": ToyAttack.fgsm(epsilon: epsilon),
      "criterion": .map(["kind": .string("misclassification")]), "images": .int(1000),
      "examples": .int(12), "training-error": .bool(true),
    ]
  }

  /// Three models, one of which has two replicates.
  static func models() throws -> [StageInput] {
    [
      StageInput(stage: "softmax", output: try ToyDigits.softmax.get()),
      StageInput(stage: "maxout@1", output: try ToyDigits.maxout.get()),
      StageInput(
        stage: "maxout@2",
        output: try ToyDigits.run(
          Train.self, ToyDigits.maxoutOptions(epochs: 4), name: "maxout",
          inputs: ["data": [ToyDigits.input]])),
      StageInput(stage: "logistic", output: try ToyDigits.logistic.get()),
    ]
  }

  static let output = Result {
    try ToyDigits.run(
      Craft.self, options(), inputs: ["data": [ToyDigits.input], "models": models()])
  }

  @Test func theTableHoldsARowAModelAndRun() throws {
    let output = try Self.output.get()
    #expect(output.artifacts.keys.sorted() == ["adversarial", "attack", "examples", "goals"])
    guard case .table(let table)? = output.artifacts["attack"] else {
      Issue.record("‘attack’ is no table")
      return
    }
    #expect(
      table.columns.map(\.name) == [
        "model", "replicate", "train_error_rate", "clean_error_rate", "clean_confidence",
        "error_rate", "confidence",
      ])
    #expect(
      table.rows.map { Array($0[0...1]) } == [
        [.text("softmax"), .integer(1)], [.text("maxout"), .integer(1)],
        [.text("maxout"), .integer(2)], [.text("logistic"), .integer(1)],
      ])
  }

  @Test func theNumbersAreThoseOfADirectComputation() throws {
    guard case .table(let table)? = try Self.output.get().artifacts["attack"] else {
      Issue.record("‘attack’ is no table")
      return
    }
    for (model, row) in zip(try Self.models(), table.rows) {
      let classifier = try model.classifier(in: ToyModels.workspace)
      func count(_ images: LabelledImages, epsilon: Float) -> (wrong: Int, all: Int, sure: Double) {
        var (wrong, all, sure) = (0, 0, 0.0)
        for i in 0..<images.count {
          guard let label = classifier.classes.firstIndex(of: Int(images.labels[i])) else {
            continue
          }
          let x = ToyModels.workspace.tensor([1, 784], images.pixels(i..<i + 1))
          let sign = classifier.lossGradient(at: x, labels: [label]).sign()
          let answer = classifier.answers(x + sign * epsilon)[0]
          all += 1
          guard answer.label != label else { continue }
          wrong += 1
          sure += Double(answer.confidence)
        }
        return (wrong, all, sure)
      }
      let train = count(ToyDigits.parts.train, epsilon: 0)
      let clean = count(ToyDigits.parts.test, epsilon: 0)
      let attacked = count(ToyDigits.parts.test, epsilon: 0.1)
      #expect(row[2] == .proportion(hits: train.wrong, total: train.all), "\(model.stage)")
      #expect(row[3] == .proportion(hits: clean.wrong, total: clean.all), "\(model.stage)")
      #expect(row[5] == .proportion(hits: attacked.wrong, total: attacked.all), "\(model.stage)")
      guard case .number(let confidence) = row[6] else {
        Issue.record("\(model.stage) has mistakes, and so a confidence")
        continue
      }
      #expect(abs(confidence - attacked.sure / Double(attacked.wrong) * 100) < 1e-3)
    }
  }

  @Test func theConditionsSayWhatTheNumbersWereMadeUnder() throws {
    let conditions = try Self.output.get().conditions
    #expect(
      conditions == [
        "attack": "fgsm", "images": "200", "data": "synthetic digits",
        "train-images": "600", "validation-images": "200", "test-images": "200",
        "3v7/test-images": "40", "softmax/epochs": "8", "logistic/epochs": "8",
        "maxout/epochs": "4 and 6", "softmax/training": "8 epochs on 600 images",
        "logistic/training": "8 epochs on 120 images",
        "maxout/training": "4 epochs on 600 images and 6 epochs on 600 images",
      ])
  }

  @Test func theDeviationsOfAllModelsAreListed() throws {
    let listed = try Self.output.get().deviations.map(\.what)
    for words in ["softmax regression", "logistic regression 3 against 7", "maxout: minibatches"] {
      #expect(listed.contains { $0.contains(words) }, "\(words) is not among \(listed)")
    }
    #expect(Set(listed).count == listed.count, "a deviation is listed twice: \(listed)")
  }

  @Test func thePredictionsAreKeptForExport() throws {
    guard case .tensors(let kept)? = try Self.output.get().artifacts["adversarial"],
      case .table(let table)? = try Self.output.get().artifacts["attack"]
    else {
      Issue.record("‘adversarial’ are no arrays")
      return
    }
    for (name, row) in zip(["softmax", "maxout@1", "maxout@2", "logistic"], table.rows) {
      let labels = kept.arrays["\(name).labels"]?.bytes ?? []
      for (array, column) in [("clean", 3), ("adversarial", 5)] {
        let named = kept.arrays["\(name).\(array)"]?.bytes ?? []
        let wrong = zip(named, labels).count { $0 != $1 }
        #expect(row[column] == .proportion(hits: wrong, total: labels.count), "\(name) \(array)")
      }
      #expect(kept.arrays["\(name).confidence"]?.shape == [labels.count])
      #expect(kept.arrays["\(name).images"]?.shape == [12, 28, 28])
    }
  }

  @Test func thePicturesAreTheCleanDigitsAndARowAModel() throws {
    guard case .images(let grid)? = try Self.output.get().artifacts["examples"] else {
      Issue.record("‘examples’ is no picture")
      return
    }
    #expect(grid.columns == 10 && grid.count == 40, "replicates are not shown")
    #expect(Array(grid.pixels[..<7840]) == Array(ToyDigits.parts.test.images[..<7840]))
  }

  @Test func withoutMistakesTheConfidenceIsMissing() throws {
    let digits = ToyDigits.parts
    let model = try ToyAttack.model("softmax")
    let right = Evaluator(digits.test, for: model.classes, in: ToyModels.workspace)
      .evaluate(model).answers.indices.filter { i in
        model.answers(ToyModels.workspace.tensor([1, 784], digits.test.pixels(i..<i + 1)))[0].label
          == Int(digits.test.labels[i])
      }
    let easy = DigitImages(
      name: "easy", train: digits.train, validation: digits.validation,
      test: digits.test.subset(right))
    let output = try ToyDigits.run(
      Craft.self, Self.options(epsilon: 0),
      inputs: [
        "data": [ToyDigits.input(easy)],
        "models": [StageInput(stage: "softmax", output: ToyDigits.softmax.get())],
      ])
    guard case .table(let table)? = output.artifacts["attack"] else {
      Issue.record("‘attack’ is no table")
      return
    }
    #expect(table.rows[0][5] == .proportion(hits: 0, total: right.count))
    #expect(table.rows[0][6] == .missing)
  }

  @Test func fewImagesLeaveEmptyPicturesAndNoneIsAFailure() throws {
    func run(_ test: LabelledImages) throws -> StageOutput {
      let digits = DigitImages(
        name: "few", train: ToyDigits.parts.train, validation: ToyDigits.parts.validation,
        test: test)
      return try ToyDigits.run(
        Craft.self, Self.options(),
        inputs: [
          "data": [ToyDigits.input(digits)],
          "models": [StageInput(stage: "logistic", output: ToyDigits.logistic.get())],
        ])
    }
    let test = ToyDigits.parts.test
    guard case .images(let grid)? = try run(test.subset(0..<10)).artifacts["examples"] else {
      Issue.record("‘examples’ is no picture")
      return
    }
    #expect(grid.count == 20)
    #expect(grid.pixels.suffix(8 * 784).allSatisfy { $0 == 0 }, "ten digits hold one 3 and one 7")
    let failure = #expect(throws: StageFailure.self) {
      try run(test.subset(test.indices(ofClasses: [8])))
    }
    #expect(failure?.blame == .data)
  }
}
