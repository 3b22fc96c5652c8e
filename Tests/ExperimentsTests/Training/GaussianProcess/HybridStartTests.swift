import Kernels
import Testing

@testable import Models
@testable import Training

@Suite struct HybridStartTests {
  private static let workspace = Workspace(threads: 1)

  private static func network(_ body: HybridNetwork.Body, _ top: HybridNetwork.Top)
    -> HybridNetwork
  {
    var network = HybridNetwork(body: body, top: top)
    (network.features, network.inducing) = (6, 12)
    return network
  }

  private static func start(_ network: HybridNetwork) -> Classifier {
    network.start(
      (1, 28, 28), classes: Array(0..<10),
      images: workspace.uniform([40, 784], from: 0, to: 1, seed: Seed(1, stage: "images")),
      seed: Seed(1, stage: "start"))
  }

  @Test(arguments: [HybridNetwork.Body.shallow, .deep])
  func `a hybrid has the body of its plain network, number for number`(_ body: HybridNetwork.Body) {
    let plain = Self.start(Self.network(body, .softmax))
    let hybrid = Self.start(Self.network(body, .rbf))
    let (below, same) = (plain.architecture.layers, hybrid.architecture.layers)
    #expect(Architecture(below.dropLast()) == Architecture(same.dropLast()))
    let shared = plain.weights.dropLast(2).map(\.values)
    #expect(hybrid.weights.dropLast(5).map(\.values) == shared)
  }

  @Test(arguments: [HybridNetwork.Body.none, .shallow], [HybridNetwork.Top.rbf, .linear])
  func `a hybrid starts unsure of every image, and learns`(
    _ body: HybridNetwork.Body, _ top: HybridNetwork.Top
  ) throws {
    let start = Self.start(Self.network(body, top))
    let x = Self.workspace.uniform([8, 784], from: 0, to: 1, seed: Seed(2, stage: "images"))
    for answer in start.answers(x) { #expect(answer.confidence < 0.2) }
    let objective = Self.network(body, top).objective(trainingOn: 8)
    let seed = Seed(1, stage: "batch")
    let batch = Batch(x: x, labels: Array(0..<8), dropout: seed, noise: seed)
    var (weights, optimizer) = (start.weights, Adam(weights: start.weights))
    var losses: [Float] = []
    for _ in 0..<40 {
      let step = objective.gradients(
        start.architecture.network, weights, .softmax, on: batch)
      losses.append(step.losses.reduce(0, +) / 8)
      optimizer.step(&weights, gradients: step.gradients, learningRate: 0.01)
    }
    #expect(losses[39] < losses[0] && losses.allSatisfy(\.isFinite))
  }

  @Test func `weights of a hybrid come back from their bundle`() throws {
    let start = Self.start(Self.network(.shallow, .rbf))
    let again = try Classifier(start.bundle, in: Self.workspace)
    #expect(again.architecture == start.architecture)
    #expect(again.weights.map(\.values) == start.weights.map(\.values))
  }

  @Test func `Adam resumes from its state to the bit`() {
    let weights = [Self.workspace.uniform([3, 4], from: -1, to: 1, seed: Seed(1, stage: "w"))]
    let gradient = [Self.workspace.uniform([3, 4], from: -1, to: 1, seed: Seed(1, stage: "g"))]
    var recipe = TrainingRecipe(batch: 1, learningRate: 0.1, momentum: 0, epochs: 1)
    recipe.method = .adam
    var (whole, resumed) = (weights, weights)
    var optimizer = recipe.optimizer(for: weights)
    for _ in 0..<3 { optimizer.step(&whole, gradients: gradient, rate: 0.1, momentum: 0) }
    var first = recipe.optimizer(for: weights)
    first.step(&resumed, gradients: gradient, rate: 0.1, momentum: 0)
    var second = recipe.optimizer(for: resumed, state: first.state)
    for _ in 0..<2 { second.step(&resumed, gradients: gradient, rate: 0.1, momentum: 0) }
    #expect(whole[0].values == resumed[0].values)
  }
}
