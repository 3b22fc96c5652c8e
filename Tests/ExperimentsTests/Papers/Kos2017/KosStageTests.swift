import Kernels
import Testing

@testable import Contract
@testable import Kos2017

/// The stages of Kos, Fischer & Song on a small autoencoder and toy digits.
@Suite struct KosStageTests {
  static let digits = ToyDigits.input(ToyDigits.parts)
  static let vae = Result {
    try ToyDigits.run(
      VAETraining.self,
      [
        "network": .string("dense"), "hidden": .int(64), "latent": .int(10), "batch": .int(20),
        "learning-rate": .double(0.003), "first-decay": .double(0.9), "epochs": .int(25),
        "train-images": .int(600), "likelihood": .string("bernoulli"),
        "divergence-weight": .double(0.5),
      ], name: "vae", inputs: ["data": [digits]])
  }
  static let classifier = Result {
    try ToyDigits.run(
      LatentClassifierTraining.self,
      [
        "hidden": .int(32), "batch": .int(20), "learning-rate": .double(0.05),
        "momentum": .double(0.9), "epochs": .int(15),
      ], name: "reader",
      inputs: ["data": [digits], "model": [StageInput(stage: "vae", output: try vae.get())]])
  }
  static let ladder = Result {
    try ToyDigits.run(
      VAEFastGradientTable.self,
      ["images": .int(20), "epsilons": .list([.double(0.3), .int(0)])], inputs: subject())
  }
  static func subject() throws -> [String: [StageInput]] {
    [
      "data": [digits], "model": [StageInput(stage: "vae", output: try vae.get())],
      "classifier": [StageInput(stage: "reader", output: try classifier.get())],
    ]
  }
  static let optimisation: [String: Setting] = [
    "iterations": .int(60), "learning-rate": .double(0.1),
  ]

  static func table(_ output: StageOutput, _ name: String) throws -> Table {
    guard case .table(let table)? = output.artifacts[name] else {
      throw StageFailure(.data, "there is no table ‘\(name)’")
    }
    return table
  }

  static func attack(_ kind: String, _ change: [String: Setting] = [:]) throws -> StageOutput {
    let options: [String: Setting] = [
      "attack": .string(kind), "images": .int(12), "lambda": .list([.double(0.1)]),
    ]
    return try ToyDigits.run(
      VAEAttackTable.self, options.merging(optimisation) { $1 }.merging(change) { $1 },
      inputs: subject())
  }

  static func hits(_ cell: Table.Cell) -> Int {
    if case .proportion(let hits, _) = cell { hits } else { -1 }
  }

  @Test func theReaderOfCodesLearns() throws {
    let accuracy = try Self.table(Self.classifier.get(), "accuracy")
    guard case .proportion(let hits, 200) = accuracy.rows[2][1] else {
      Issue.record("the test accuracy is \(accuracy.rows[2][1])")
      return
    }
    #expect(hits > 150, "of 200 toy digits")
  }

  @Test(arguments: ["classifier", "l-vae", "latent", "latent-mean"])
  func everyImageGoesToEveryOtherClass(_ kind: String) throws {
    let output = try Self.attack(kind)
    let totals = try Self.table(output, "totals")
    let row = totals.rows[0]
    func cell(_ name: String) throws -> Table.Cell { row[try #require(totals.index(of: name))] }
    guard case .integer(let images) = try cell("images") else { return }
    #expect((1...12).contains(images))
    #expect(try cell("attacks") == .integer(9 * images))
    #expect(Self.hits(try cell("target_before")) > 0)
    let cells = try Self.table(output, "cells").rows
    #expect(cells.count == 90)
    let sum = cells.reduce(0) { $0 + max(0, Self.hits($1[4])) }
    #expect(sum == Self.hits(try cell("target_rate")), "the cells add up to the whole")
    guard case .images(let grid)? = output.artifacts["images"] else {
      Issue.record("there is no picture")
      return
    }
    #expect(grid.count == 4 * grid.columns)
    #expect(output.conditions["vae-attack/attack"] == kind)
  }

  @Test func anInterruptedTableGivesTheSameBits() throws {
    let whole = try Self.attack("latent", ["images": .int(60)])
    let kept = Kept(atMost: 1)
    let options: [String: Setting] = [
      "attack": .string("latent"), "images": .int(60), "lambda": .list([.double(0.1)]),
    ]
    func run(_ checkpoint: Checkpoint) throws -> StageOutput {
      try ToyDigits.run(
        VAEAttackTable.self, options.merging(Self.optimisation) { $1 }, inputs: Self.subject(),
        checkpoint: checkpoint)
    }
    #expect(try run(kept.checkpoint) == whole)
    #expect(kept.offered > 1)
    let resumed = Kept(kept.bundle)
    #expect(try run(resumed.checkpoint) == whole)
    #expect(resumed.offered == kept.offered - 1)
  }

  @Test func theWeightIsSoughtWhereSeveralAreGiven() throws {
    let output = try Self.attack(
      "latent",
      [
        "lambda": .list([.double(0.01), .int(1)]), "mean-l2": .double(2),
        "calibration-images": .int(4), "images": .int(4),
      ])
    let trials = try Self.table(output, "calibration")
    #expect(trials.rows.count >= 2)
    #expect(trials.rows.count { $0[4] == .text("yes") } == 1)
  }

  @Test func attacksStandSideBySide() throws {
    let tables = try ["classifier", "l-vae", "latent"].map {
      StageInput(stage: $0, output: try Self.attack($0, ["images": .int(4)]))
    }
    let ladder = StageInput(stage: VAEFastGradientTable.kind, output: try Self.ladder.get())
    let output = try ToyDigits.run(
      VAEAttackSummary.self, [:], inputs: ["attacks": tables, "ladders": [ladder]])
    #expect(try Self.table(output, "attacks").rows.count == 3)
    let findings = try Self.table(output, "findings")
    #expect(findings.rows.count == 5)
    #expect(findings.rows[4][4] != .missing)
    #expect(findings.rows[3][4] == .text("yes"), "two networks cost more than one")
    let lone = try ToyDigits.run(
      VAEAttackSummary.self, [:], inputs: ["attacks": [tables[2]], "ladders": []])
    #expect(try Self.table(lone, "findings").rows[0][4] == .missing, "no attack to compare with")
  }

  @Test func theLadderOfTheFastGradientBeginsAtTheImageItself() throws {
    let output = try Self.ladder.get()
    let ladder = try Self.table(output, "ladder")
    #expect(ladder.rows.count == 6)
    #expect(ladder.rows[0][1] == .number(0) && Self.hits(ladder.rows[0][4]) == 0)
    #expect(ladder.rows[0][2] == .number(0))
  }

  @Test(arguments: ["latent", "l-vae"])
  func pairsComeNearer(_ kind: String) throws {
    let output = try ToyDigits.run(
      PairAttack.self,
      Self.optimisation.merging([
        "attack": .string(kind), "pairs": .int(9), "lambda": .double(0.01),
      ]) { $1 },
      inputs: [
        "data": [Self.digits], "model": [StageInput(stage: "vae", output: try Self.vae.get())],
      ])
    let row = try Self.table(output, "distances").rows[0]
    guard case .number(let before) = row[3], case .number(let after) = row[4] else { return }
    #expect(after < before)
  }

  @Test func theLineCarriesFewerBits() throws {
    let output = try ToyDigits.run(
      CompressionScenario.self,
      Self.optimisation.merging(["bits": .int(8), "lambda": .double(0.01)]) { $1 },
      inputs: Self.subject())
    let line = try Self.table(output, "line")
    #expect(line.rows.allSatisfy { $0[1] == .integer(6272) && $0[2] == .integer(80) })
  }

  @Test func posteriorsOfAttackedImagesComeNearerToTheTarget() throws {
    let output = try ToyDigits.run(
      PosteriorTable.self,
      Self.optimisation.merging([
        "images": .int(6), "lambda": .list([.double(0.01), .double(0.01), .double(0.01)]),
      ]) { $1 }, inputs: Self.subject())
    let rows = try Self.table(output, "densities").rows
    let distances = rows.map { row -> Double in
      if case .number(let value) = row[1] { value } else { -1 }
    }
    #expect(distances[1] == 0, "the target itself")
    #expect(distances[4] < distances[0])
  }

  @Test func aListOfWeightsForOtherAttacksIsRefused() {
    let error = #expect(throws: OptionError.self) {
      try ToyDigits.run(
        PosteriorTable.self,
        Self.optimisation.merging(["images": .int(2), "lambda": .list([.int(1)])]) { $1 },
        inputs: Self.subject())
    }
    #expect(error?.path == ["lambda"])
  }

  @Test func aClassifierOfOtherCodesIsRefused() throws {
    var inputs = try Self.subject()
    let softmax = try ToyDigits.softmax.get()
    inputs["classifier"] = [StageInput(stage: "softmax", output: softmax)]
    #expect(throws: StageFailure.self) {
      try ToyDigits.run(
        CompressionScenario.self,
        Self.optimisation.merging(["bits": .int(8), "lambda": .double(0.01)]) { $1 },
        inputs: inputs)
    }
  }
}
