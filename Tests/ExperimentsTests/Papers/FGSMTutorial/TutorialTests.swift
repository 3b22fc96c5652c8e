import Kernels
import Testing

@testable import Contract
@testable import Datasets
@testable import FGSMTutorial
@testable import Measures
@testable import Models
@testable import Stages

@Suite struct TutorialTests {
  static let inputs = ["data": [ToyDigits.input(ToyDigits.small)]]

  static func options(_ version: String, epochs: Int) -> [String: Setting] {
    let recipe: [String: Setting] =
      version == "earlier"
      ? ToyDigits.descent()
      : [
        "recipe": .string("adadelta"), "learning-rate": .int(1), "epoch-factor": .double(0.7),
      ]
    return ToyDigits.training("tutorial-cnn", recipe).merging([
      "version": .string(version), "batch": .int(30), "stop": .string("epochs"),
      "epochs": .int(epochs), "watch": .list([]), "learn-from": .string("all"),
    ]) { $1 }
  }

  /// The sizes that PyTorch prints for the two networks.
  @Test func theNetworksHaveTheTutorialsSizes() {
    let counts = TutorialNetwork.allCases.map { network in
      network.architecture.network.weightShapes.map { $0.reduce(1, *) }.reduce(0, +)
    }
    #expect(counts == [1_199_882, 21_840])
    #expect(TutorialNetwork.current.architecture.text.hasPrefix("standardise(0.1307,0.3081) "))
    for network in TutorialNetwork.allCases {
      #expect(Architecture(text: network.architecture.text) == network.architecture)
    }
  }

  /// PyTorch's start: ±1/√(inputs of a unit), biases included.
  @Test func theStartIsPyTorchs() {
    let weights = TutorialNetwork.current.initialWeights(
      seed: Seed(1, stage: "start"), in: ToyModels.workspace)
    for (i, inputs) in [(0, 9), (1, 9), (2, 288), (3, 288), (4, 9216), (7, 128)] as [(Int, Float)] {
      let range = 1 / inputs.squareRoot()
      #expect(weights[i].largestMagnitude() <= range)
      #expect(weights[i].largestMagnitude() > 0.5 * range)
    }
  }

  /// Adadelta's means and the falling rate come back from a checkpoint as they were.
  @Test(arguments: ["current", "earlier"])
  func anInterruptionChangesNoBit(_ network: String) throws {
    func run(_ threads: Int, _ checkpoint: Checkpoint) throws -> StageOutput {
      try ToyDigits.run(
        Train.self, Self.options(network, epochs: 3), name: "tutorial",
        inputs: Self.inputs, workspace: Workspace(threads: threads), checkpoint: checkpoint)
    }
    let killed = Kept(atMost: 2)
    let whole = try run(1, killed.checkpoint)
    let later = Kept(killed.bundle)
    let isSame = try run(2, later.checkpoint) == whole
    #expect(isSame && later.offered == 1)
    #expect(whole.conditions["tutorial/training"] == "complete")
    #expect(try whole.classifier().weights.allSatisfy { $0.values.allSatisfy { $0.isFinite } })
  }

  @Test func anUnknownNetworkIsAnErrorWithAPlace() {
    var reader = OptionReader(Self.options("curent", epochs: 1))
    let error = #expect(throws: OptionError.self) { try Train(options: &reader) }
    #expect(error?.path == ["version"])
    #expect(error?.hint == "did you mean ‘current’?")
  }

  @Test func otherImagesAreRefused() throws {
    let wide = LabelledImages(
      images: [UInt8](repeating: 0, count: 2 * 30), labels: [0, 1], height: 5, width: 6)
    let digits = DigitImages(name: "wide", train: wide, validation: wide, test: wide)
    let failure = #expect(throws: StageFailure.self) {
      try ToyDigits.run(
        Train.self, Self.options("earlier", epochs: 1),
        inputs: ["data": [ToyDigits.input(digits)]])
    }
    #expect(failure?.blame == .data)
    #expect(failure?.description.contains("1×5×6") == true)
  }

  /// Counted image by image; one that is misread from the start counts as wrong whatever happens.
  @Test func onlyWhatIsRightBeforeAndAfterCounts() throws {
    let model = StageInput(stage: "softmax", output: try ToyDigits.softmax.get())
    let output = try ToyDigits.run(
      TutorialTable.self, ["epsilons": .list([.int(0), .double(0.05), .double(0.2)])],
      inputs: ["data": [ToyDigits.input], "models": [model]])
    guard case .table(let table)? = output.artifacts["counts"] else {
      Issue.record("there is no table")
      return
    }
    let classifier = try model.classifier(in: ToyModels.workspace)
    let test = Evaluator(ToyDigits.parts.test, for: Array(0..<10), in: ToyModels.workspace)
    let x = test.pixels(0..<test.images.count)
    let sign = classifier.lossGradient(at: x, labels: test.labels).sign()
    let before = classifier.answers(x)
    for (row, epsilon) in [Float(0), 0.05, 0.2].enumerated() {
      let after = classifier.answers(x.adding(sign, scaledBy: epsilon).clamped(to: 0...1))
      let right = test.labels.indices.count {
        before[$0].label == test.labels[$0] && after[$0].label == test.labels[$0]
      }
      #expect(table.rows[row][3] == .proportion(hits: right, total: 200))
    }
    #expect(table.rows[0][3] != table.rows[2][3])
  }
}
