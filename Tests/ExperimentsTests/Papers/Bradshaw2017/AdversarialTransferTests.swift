import Kernels
import Testing

@testable import Bradshaw2017
@testable import Contract
@testable import Datasets

/// Who is shown what, and what is made of it.
@Suite struct AdversarialTransferTests {
  static func input(_ stage: String, _ model: String) throws -> StageInput {
    let output = model == "maxout" ? ToyDigits.maxout : ToyDigits.softmax
    return StageInput(stage: stage, output: try output.get())
  }

  static func attack(_ stage: String, _ models: [StageInput]) throws -> StageInput {
    StageInput(
      stage: stage,
      output: try CarliniWagnerTableTests.run(CarliniWagnerTableTests.options(images: 20), models))
  }

  static func run(_ attacks: [StageInput], _ models: [StageInput]) throws -> StageOutput {
    try ToyDigits.run(
      AdversarialTransfer.self, [:],
      inputs: ["data": [ToyDigits.input], "attacks": attacks, "models": models])
  }

  /// Each pair, counted and summed image by image.
  @Test func onlyWhatFoolsTheSourceIsShown() throws {
    let models = [try Self.input("softmax", "softmax"), try Self.input("maxout", "maxout")]
    let attacks = [
      try Self.attack("cw-s", [models[0]]), try Self.attack("cw-m", [models[1]]),
    ]
    let table = try Self.run(attacks, models).table("transfer")
    let classifiers = try models.map { try $0.classifier(in: ToyModels.workspace) }
    let test = ToyDigits.parts.test
    var expected: [(hits: Int, total: Int, log: Double)] = []
    func add(_ x: Tensor, _ labels: [Int]) {
      for model in classifiers {
        let loss = model.loss(model.logits(x), labels: labels, reduction: .sum).perExample
        expected.append(
          (
            zip(model.answers(x), labels).count { $0.label != $1 }, labels.count,
            -loss.reduce(0.0) { $0 + Double($1) } / Double(labels.count)
          ))
      }
    }
    add(
      UnitRange().encode(test, rows: Array(0..<200), in: ToyModels.workspace),
      test.labels.map { Int($0) })
    for attack in attacks {
      let set = try #require(attack.adversarialSets().first)
      #expect(set.successes.count > 2, "the case needs images that fool")
      add(
        set.tensor(set.successes, in: ToyModels.workspace), set.successes.map { set.labels[$0] })
    }
    #expect(
      table.column("error_rate") == expected.map { .proportion(hits: $0.hits, total: $0.total) })
    for (cell, row) in zip(table.column("log_likelihood"), expected) {
      #expect(abs(CarliniWagnerTableTests.number([cell]) - row.log) < 1e-5)
    }
    #expect(
      table.rows.map { [$0[0], $0[1], $0[3]] } == [
        [.text("clean"), .text("clean"), .text("softmax")],
        [.text("clean"), .text("clean"), .text("maxout")],
        [.text("cw-s"), .text("softmax"), .text("softmax")],
        [.text("cw-s"), .text("softmax"), .text("maxout")],
        [.text("cw-m"), .text("maxout"), .text("softmax")],
        [.text("cw-m"), .text("maxout"), .text("maxout")],
      ])
    // On its own examples a model errs always, because those that fail are left out.
    #expect(expected[2].hits == expected[2].total && expected[5].hits == expected[5].total)
  }

  @Test func replicatesMeetTheirOwnAndAreTakenTogetherInCells() throws {
    let softmax = [try Self.input("s@1", "softmax"), try Self.input("s@2", "softmax")]
    let maxout = [try Self.input("m@1", "maxout"), try Self.input("m@2", "maxout")]
    let single = try Self.input("one", "maxout")
    let output = try Self.run(
      [Self.attack("cw", softmax)], softmax + maxout + [single])
    let table = try output.table("transfer")
    let pairs = table.rows.dropFirst(5).map { [$0[2], $0[3], $0[4]] }
    #expect(
      Set(pairs) == [
        [.integer(1), .text("s"), .integer(1)], [.integer(2), .text("s"), .integer(2)],
        [.integer(1), .text("m"), .integer(1)], [.integer(2), .text("m"), .integer(2)],
        [.integer(1), .text("one"), .integer(1)], [.integer(2), .text("one"), .integer(1)],
      ])
    #expect(pairs.count == 6)
    let cells = try output.table("cells")
    #expect(
      cells.rows.map { [$0[1], $0[2]] } == [
        [.text("clean"), .text("s")], [.text("clean"), .text("m")], [.text("clean"), .text("one")],
        [.text("s"), .text("s")], [.text("s"), .text("m")], [.text("s"), .text("one")],
      ])
    guard case .proportion(_, 400) = cells.rows[0][3] else {
      Issue.record("the clean images of two replicates are \(cells.rows[0][3])")
      return
    }
  }

  @Test func imagesOfAnotherTestSetAreRefused() throws {
    let models = [try Self.input("softmax", "softmax")]
    let failure = #expect(throws: StageFailure.self) {
      try ToyDigits.run(
        AdversarialTransfer.self, [:],
        inputs: [
          "data": [
            ToyDigits.input(
              DigitImages(
                name: "other", train: ToyDigits.parts.train, validation: ToyDigits.parts.validation,
                test: ToyDigits.parts.train))
          ], "attacks": [Self.attack("cw", models)], "models": models,
        ])
    }
    #expect(failure?.description.contains("not made from these") == true)
  }
}

/// Numbers that can be worked out by hand.
@Suite struct AttackComparisonTests {
  static func input(_ stage: String, _ sets: [AdversarialSet]) -> StageInput {
    StageInput(
      stage: stage,
      output: StageOutput(artifacts: ["adversarial": .tensors(AdversarialSet.bundle(sets))]))
  }

  /// Images `rows` of one pixel each; a distance of nil is a failure.
  static func set(_ model: String, rows: [Int], _ distances: [Float?]) -> AdversarialSet {
    var set = AdversarialSet(
      model: model, pixels: 1, looked: 10, rows: rows, labels: rows.map { $0 % 10 })
    set.append(
      ToyModels.workspace.tensor([rows.count, 1]), fooled: distances.map { $0 != nil },
      distances: distances.map { $0 ?? 0 })
    return set
  }

  @Test func extraDistancesAreThoseOfImagesThatFoolBoth() throws {
    let output = try ToyDigits.run(
      AttackComparison.self, [:],
      inputs: [
        "attacks": [
          Self.input(
            "cw-a",
            [
              Self.set("a@1", rows: [0, 1, 2], [1, 2, nil]),
              Self.set("a@2", rows: [0, 1, 3], [1, 1, 1]),
            ]),
          Self.input(
            "cw-b",
            [
              Self.set("b@1", rows: [0, 2, 3], [1.5, 4, 4]),
              Self.set("b@2", rows: [1, 3, 4], [2, nil, nil]),
            ]),
          Self.input("cw-c", [Self.set("c", rows: [0], [3])]),
        ]
      ])
    let table = try output.table("comparison")
    #expect(table.column("model") == ["a", "a", "a", "b", "b", "b", "c", "c"].map { .text($0) })
    #expect(
      table.column("replicate") == [
        .text("all"), .integer(1), .integer(2), .text("all"), .integer(1), .integer(2),
        .text("all"), .integer(1),
      ])
    #expect(table.column("attacked") == [6, 3, 3, 6, 3, 3, 1, 1].map { .integer($0) })
    #expect(table.column("failed") == [1, 1, 0, 2, 0, 2, 0, 0].map { .integer($0) })
    #expect(table.column("failure_rate")[3] == .proportion(hits: 2, total: 6))
    #expect(table.column("mean_l2")[0] == .number(6.0 / 5))
    // b@1 on image 0 beside a@1, b@2 on image 1 beside a@2; c beside both replicates of a.
    #expect(table.column("both") == [0, 0, 0, 2, 1, 1, 2, 2].map { .integer($0) })
    #expect(
      table.column("extra_l2") == [
        .missing, .missing, .missing, .number(0.75), .number(0.5), .number(1), .number(2),
        .number(2),
      ])
    #expect(table.column("extra_l2_wide")[3] == .number(1.5))
  }

  @Test func brokenSetsAreDataErrors() {
    let broken = StageInput(
      stage: "x", output: StageOutput(artifacts: ["adversarial": .tensors(TensorBundle([:]))]))
    #expect(throws: StageFailure.self) {
      try ToyDigits.run(AttackComparison.self, [:], inputs: ["attacks": [broken]])
    }
  }
}
