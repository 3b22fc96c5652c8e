import Kernels
import Testing

@testable import Models

@Suite struct MaxoutNetworkTests {
  @Test func weightsStartUniformAndBiasesAtZero() {
    let architecture = MaxoutNetwork(
      pixels: 100, units: 20, pieces: 5, inputKeep: 0.8, hiddenKeep: 0.5
    ).architecture(classes: 10)
    let weights = MaxoutNetwork.initialWeights(
      architecture, range: 0.005, seed: Seed(1, stage: "maxout"), in: ToyModels.workspace)
    #expect(weights.map(\.shape) == architecture.network.weightShapes)
    for weight in weights where weight.shape.count == 1 {
      #expect(weight.values.allSatisfy { $0 == 0 })
    }
    for weight in weights where weight.shape.count == 2 {
      let values = weight.values
      #expect(values.allSatisfy { abs($0) <= 0.005 })
      #expect(values.map(abs).max() ?? 0 > 0.0045, "the range is not used")
      #expect(values.contains { $0 < 0 } && values.contains { $0 > 0 })
    }
    let first = weights[0].values
    let second = weights[2].values
    #expect(Array(first.prefix(50)) != Array(second.prefix(50)), "two layers start alike")
  }

  @Test func dropoutFollowsTheRecipe() {
    let layers = MaxoutNetwork(
      pixels: 784, units: 240, pieces: 5, inputKeep: 0.8, hiddenKeep: 0.5
    ).architecture(classes: 10).layers.map { $0.text }
    #expect(layers[0] == "dropout(0.8,1.0)", "kept inputs are not rescaled")
    #expect(layers[2] == "dropout(0.5,2.0)")
    #expect(layers[4] == "dropout(0.5,2.0)")
  }
}
