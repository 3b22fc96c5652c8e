import Kernels
import Testing

@testable import Contract
@testable import Goodfellow2015
@testable import Measures

@Suite struct TransferTableTests {
  static let options: [String: Setting] = ["attack": ToyAttack.fgsm(epsilon: 0.1)]

  static func models() throws -> [StageInput] {
    [
      StageInput(stage: "softmax", output: try ToyDigits.softmax.get()),
      StageInput(stage: "maxout@2", output: try ToyDigits.maxout.get()),
    ]
  }

  /// Each pair, counted image by image with the attack written out.
  @Test func examplesAreMadeOnOneModelAndJudgedByTheOther() throws {
    let output = try ToyDigits.run(
      TransferTable.self, Self.options,
      inputs: ["data": [ToyDigits.input], "models": Self.models()])
    guard case .table(let table)? = output.artifacts["transfer"] else {
      Issue.record("there is no table")
      return
    }
    let models = try Self.models().map { try $0.classifier(in: ToyModels.workspace) }
    let test = Evaluator(ToyDigits.parts.test, for: Array(0..<10), in: ToyModels.workspace)
    let x = test.pixels(0..<test.images.count)
    var expected: [Table.Cell] = []
    for source in models {
      let moved = x.adding(source.lossGradient(at: x, labels: test.labels).sign(), scaledBy: 0.1)
      for target in models {
        let wrong = zip(target.answers(moved), test.labels).count { $0.label != $1 }
        expected.append(.proportion(hits: wrong, total: test.images.count))
      }
    }
    #expect(table.rows.map { $0[4] } == expected)
    #expect(
      table.rows.map { [$0[0], $0[1], $0[2], $0[3]] } == [
        [.text("softmax"), .integer(1), .text("softmax"), .integer(1)],
        [.text("softmax"), .integer(1), .text("maxout"), .integer(2)],
        [.text("maxout"), .integer(2), .text("softmax"), .integer(1)],
        [.text("maxout"), .integer(2), .text("maxout"), .integer(2)],
      ])
  }

  @Test func modelsOfOtherClassesAreRefused() throws {
    let models =
      try Self.models() + [
        StageInput(stage: "logistic", output: try ToyDigits.logistic.get())
      ]
    let failure = #expect(throws: StageFailure.self) {
      try ToyDigits.run(
        TransferTable.self, Self.options, inputs: ["data": [ToyDigits.input], "models": models])
    }
    #expect(failure?.description.contains("same classes") == true)
  }
}

@Suite struct Figure3Tests {
  @Test func eachUnitIsARowOfItsPieces() throws {
    let output = try ToyDigits.run(
      Figure3.self, ["units": .int(5)],
      inputs: ["models": [StageInput(stage: "maxout", output: try ToyDigits.maxout.get())]])
    guard case .images(let grid)? = output.artifacts["filters-maxout"] else {
      Issue.record("there is no picture")
      return
    }
    #expect(grid.columns == 3 && grid.count == 15 && grid.height == 28)
  }

  @Test func aModelWithoutMaxoutHasNoSuchFilters() throws {
    let failure = #expect(throws: StageFailure.self) {
      try ToyDigits.run(
        Figure3.self, ["units": .int(5)],
        inputs: ["models": [StageInput(stage: "softmax", output: try ToyDigits.softmax.get())]])
    }
    #expect(failure?.description.contains("softmax") == true)
  }
}
