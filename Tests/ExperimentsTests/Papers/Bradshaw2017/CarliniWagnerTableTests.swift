import Kernels
import Testing

@testable import Bradshaw2017
@testable import Contract
@testable import Measures

/// The attack as a stage: who is attacked, who judges, and what an interruption leaves.
@Suite struct CarliniWagnerTableTests {
  static func options(images: Int, confidence: Double = 0, iterations: Int = 40) -> [String:
    Setting]
  {
    [
      "images": .int(images), "confidence": .double(confidence), "search-steps": .int(3),
      "iterations": .int(iterations), "learning-rate": .double(0.1),
      "initial-constant": .double(1),
    ]
  }

  static func softmax(_ stage: String = "softmax") throws -> StageInput {
    StageInput(stage: stage, output: try ToyDigits.softmax.get())
  }

  static func run(
    _ options: [String: Setting], _ models: [StageInput], checkpoint: Checkpoint = .none
  ) throws -> StageOutput {
    try ToyDigits.run(
      CarliniWagnerTable.self, options, inputs: ["data": [ToyDigits.input], "model": models],
      checkpoint: checkpoint)
  }

  static func sets(_ output: StageOutput) throws -> [AdversarialSet] {
    try StageInput(stage: "attack", output: output).adversarialSets()
  }

  @Test func theFirstImagesReadRightlyAreAttackedAndCountedAgain() throws {
    let output = try Self.run(Self.options(images: 30), [Self.softmax()])
    let set = try #require(Self.sets(output).first)
    let model = try ToyAttack.model("softmax")
    let test = Evaluator(ToyDigits.parts.test, for: model.classes, in: ToyModels.workspace)
    let answers = test.evaluate(model).answers
    let right = answers.indices.filter { answers[$0].label == test.labels[$0] }
    #expect(set.rows == Array(right.prefix(30)))
    #expect(set.labels == set.rows.map { test.labels[$0] })
    #expect(set.images.allSatisfy { (0...1).contains($0) })
    let found = set.tensor(Array(0..<30), in: ToyModels.workspace)
    let wrong = zip(model.answers(found), set.labels).map { $0.label != $1 }
    #expect(set.fooled == wrong && wrong.count { $0 } > 20)
    let row = try output.table("attack").rows[0]
    let hits = wrong.count { $0 }
    #expect(
      Array(row.prefix(6)) == [
        .text("softmax"), .integer(1), .integer(right[29] + 1), .integer(30),
        .integer(30 - hits), .proportion(hits: hits, total: 30),
      ])
    #expect(output.conditions["carlini-wagner/images"] == "30")
    #expect(output.conditions["confidence"] == "0.0")
    let grid = try output.images("pictures")
    #expect(grid.count == 30 && grid.columns == 10)
  }

  /// Lengths and not their squares, and twice as long between −1 and 1.
  @Test func D6_distancesAreNotSquared() throws {
    let output = try Self.run(Self.options(images: 20), [Self.softmax()])
    let set = try #require(Self.sets(output).first)
    let lengths = set.successes.map { i in
      let original = ToyDigits.parts.test.pixels(set.rows[i]..<set.rows[i] + 1)
      let moved = set.images[i * 784..<(i + 1) * 784]
      return zip(moved, original).reduce(0.0) { sum, pair in
        sum + (Double(pair.0) - Double(pair.1)) * (Double(pair.0) - Double(pair.1))
      }.squareRoot()
    }
    let mean = lengths.reduce(0, +) / Double(lengths.count)
    #expect(abs(mean * mean - mean) > 0.01, "the case must tell lengths from squares")
    let table = try output.table("attack")
    #expect(abs(Self.number(table.column("mean_l2")) - mean) < 1e-5 * mean)
    #expect(abs(Self.number(table.column("mean_l2_wide")) - 2 * mean) < 1e-5 * mean)
    let ordered = lengths.sorted()
    let middle = (ordered[(ordered.count - 1) / 2] + ordered[ordered.count / 2]) / 2
    #expect(abs(Self.number(table.column("median_l2")) - middle) < 1e-5 * middle)
  }

  static func number(_ cells: [Table.Cell]) -> Double {
    if case .number(let value)? = cells.first { value } else { .nan }
  }

  @Test func failuresAreCountedAndHaveNoDistance() throws {
    let output = try Self.run(
      Self.options(images: 8, confidence: 1000, iterations: 3), [Self.softmax()])
    let row = try output.table("attack").rows[0]
    #expect(
      Array(row.suffix(5)) == [
        .integer(8), .proportion(hits: 0, total: 8), .missing, .missing, .missing,
      ])
    #expect(output.artifacts["pictures"] == nil)
  }

  /// More images than the model reads rightly: all of those, and all test images were looked at.
  @Test func thereMayBeFewerImagesThanWanted() throws {
    let output = try Self.run(Self.options(images: 5000, iterations: 2), [Self.softmax()])
    let row = try output.table("attack").rows[0]
    let model = try ToyAttack.model("softmax")
    let test = Evaluator(ToyDigits.parts.test, for: model.classes, in: ToyModels.workspace)
    #expect(row[2] == .integer(200) && row[3] == .integer(200 - test.evaluate(model).errors))
  }

  @Test func replicatesAndClassesAreKeptApart() throws {
    let logistic = StageInput(stage: "pair@2", output: try ToyDigits.logistic.get())
    let output = try Self.run(
      Self.options(images: 6), [Self.softmax("m@1"), Self.softmax("m@2"), logistic])
    let sets = try Self.sets(output)
    #expect(sets.map(\.model) == ["m@1", "m@2", "pair@2"])
    #expect(sets.map(\.name) == ["m", "m", "pair"] && sets.map(\.replicate) == [1, 2, 2])
    #expect(sets[0].images == sets[1].images)
    #expect(sets[2].labels.allSatisfy { [3, 7].contains($0) })
    for (row, label) in zip(sets[2].rows, sets[2].labels) {
      #expect(Int(ToyDigits.parts.test.labels[row]) == label)
    }
  }

  /// Stopped after one part of the first or of the second model, and gone on with.
  @Test(arguments: [1, 3])
  func anInterruptionCostsAPartAndChangesNothing(_ parts: Int) throws {
    let options = Self.options(images: 130, iterations: 3)
    let models = [try Self.softmax("a"), try Self.softmax("b")]
    let whole = Kept()
    let expected = try Self.run(options, models, checkpoint: whole.checkpoint)
    #expect(whole.offered == 4, "two models of two parts each")
    let died = Kept(atMost: parts)
    _ = try Self.run(options, models, checkpoint: died.checkpoint)
    let resumed = Kept(died.bundle)
    #expect(try Self.run(options, models, checkpoint: resumed.checkpoint) == expected)
    #expect(resumed.offered == 4 - parts, "what was done is not done again")
  }

  @Test(arguments: [
    ("images", Setting.int(0)), ("confidence", .double(-1)), ("search-steps", .int(21)),
    ("iterations", .int(0)), ("learning-rate", .double(0)), ("initial-constant", .double(0)),
  ])
  func badOptionsAreErrorsWithAPlace(_ name: String, _ value: Setting) {
    let options = Self.options(images: 5).merging([name: value]) { $1 }
    #expect(optionError(CarliniWagnerTable.self, options)?.path == [name])
  }
}
