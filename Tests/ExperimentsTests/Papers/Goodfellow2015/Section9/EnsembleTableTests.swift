import Kernels
import Testing

@testable import Contract
@testable import Goodfellow2015
@testable import Models
@testable import Stages

@Suite struct EnsembleTableTests {
  static let options: [String: Setting] = ["attack": ToyAttack.fgsm(epsilon: 0.1)]

  /// Three replicates of a small maxout network.
  static let members = Result {
    try [ToyDigits.maxout.get()]
      + [3, 4].map { epochs in
        try ToyDigits.run(
          Train.self, ToyDigits.maxoutOptions(epochs: epochs), name: "maxout",
          inputs: ["data": [ToyDigits.input]])
      }
  }

  static func inputs() throws -> [StageInput] {
    try members.get().enumerated().map { StageInput(stage: "maxout@\($0 + 1)", output: $1) }
  }

  static func run(in workspace: Workspace = ToyModels.workspace) throws -> StageOutput {
    try ToyDigits.run(
      EnsembleTable.self, options, name: "ensemble",
      inputs: ["data": [ToyDigits.input], "models": inputs()], workspace: workspace)
  }

  static let output = Result { try run() }

  /// Each image by itself, with the vote and the attack written out.
  @Test func theNumbersAreThoseOfADirectComputation() throws {
    let classifiers = try Self.members.get().map { try $0.classifier() }
    let ensemble = try Ensemble(classifiers)
    let test = ToyDigits.parts.test
    var (clean, whole) = (0, 0)
    var own = [0, 0, 0]
    var through = [0, 0, 0]
    for i in 0..<test.count {
      let x = ToyModels.workspace.tensor([1, 784], test.pixels(i..<i + 1))
      let label = Int(test.labels[i])
      func moved(_ victim: some Victim) -> Tensor {
        x.adding(victim.lossGradient(at: x, labels: [label]).sign(), scaledBy: 0.1)
      }
      func vote(_ x: Tensor) -> Int {
        let all = classifiers.map { softmax($0.logits(x)).values }
        let sums = (0..<10).map { k in all.reduce(0.0) { $0 + Double($1[k]) } }
        return sums.firstIndex(of: sums.max() ?? 0) ?? -1
      }
      if vote(x) != label { clean += 1 }
      if vote(moved(ensemble)) != label { whole += 1 }
      for (m, member) in classifiers.enumerated() {
        if member.answers(moved(member))[0].label != label { own[m] += 1 }
        if vote(moved(member)) != label { through[m] += 1 }
      }
    }
    let output = try Self.output.get()
    let attack = try output.table("attack")
    func shares(_ counts: [Int]) -> [Table.Cell] {
      counts.map { .proportion(hits: $0, total: 200) }
    }
    #expect(
      attack.column("target") == [.text("none"), .text("whole ensemble"), .text("one member")])
    #expect(attack.column("error_rate") == shares([clean, whole, through[0]]))
    let members = try output.table("members")
    #expect(members.column("replicate") == [.integer(1), .integer(2), .integer(3)])
    #expect(members.column("error_rate") == shares(own))
    #expect(members.column("ensemble_error_rate") == shares(through))
    let spread = try output.table("spread")
    #expect(spread.column("statistic") == [.text("mean"), .text("lowest"), .text("highest")])
    let percents = through.map { Double($0) / 2 }
    guard case .number(let mean) = spread.rows[0][3] else {
      Issue.record("the mean is a number")
      return
    }
    #expect(abs(mean - percents.reduce(0, +) / 3) < 1e-9)
    #expect(spread.rows[1][3] == .number(percents.min() ?? -1))
    #expect(spread.rows[2][3] == .number(percents.max() ?? -1))
    let plot = try output.plot("curve")
    for (series, counts) in zip(plot.series, [own, through, [whole, whole, whole]]) {
      let heights = counts.map { Double($0) / 200 * 100 }
      #expect(series.points.map(\.y) == heights, "\(series.name)")
    }
    #expect(plot.series.count == 3)
  }

  @Test func theConditionsCountTheMembersAndSayThatTheyAreNotSettled() throws {
    let conditions = try Self.output.get().conditions
    #expect(conditions["ensemble/members"] == "3")
    let training = try #require(conditions["ensemble/training"])
    #expect(training.hasPrefix("weights of epoch "), "\(training)")
    #expect(training.hasSuffix("not the network or the images of the recipe"), "\(training)")
    #expect(try Self.output.get().deviations.contains { $0.what.contains("is the first") })
  }

  @Test(arguments: Arrangement.all(threads: [2]))
  func noNumberDependsOnTheArrangement(_ arrangement: Arrangement) throws {
    #expect(try Self.run(in: arrangement.workspace) == Self.output.get())
  }

  @Test func membersOfDifferentKindsAreRefused() throws {
    let failure = #expect(throws: StageFailure.self) {
      try ToyDigits.run(
        EnsembleTable.self, Self.options,
        inputs: [
          "data": [ToyDigits.input],
          "models": [
            StageInput(stage: "softmax", output: ToyDigits.softmax.get()),
            StageInput(stage: "logistic", output: ToyDigits.logistic.get()),
          ],
        ])
    }
    #expect(failure?.blame == .data)
  }

  @Test(arguments: [
    ("attack", Setting.string("fgsm")), ("members", .int(12)),
  ])
  func badOptionsHaveAPlace(_ name: String, _ value: Setting) {
    let options = Self.options.merging([name: value]) { $1 }
    #expect(optionError(EnsembleTable.self, options)?.path == [name])
  }
}
