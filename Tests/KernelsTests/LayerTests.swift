import Testing

@testable import Kernels

@Suite struct LayerTests {
  static let workspace = Workspace(threads: 2)

  static func weights(_ layer: any Layer) -> [Tensor] {
    layer.weightShapes.enumerated().map { i, shape in
      workspace.tensor(shape, noise(shape.reduce(1, *), "weight \(i)"))
    }
  }

  /// Layers on inputs that keep clear of kinks: noise does not lie within 10⁻³ of any.
  static let layers: [any Layer] = [
    Dense(inputs: 7, outputs: 5), Maxout(inputs: 7, units: 4, pieces: 3), Sigmoid(), Tanh(), ReLU(),
    Standardise(mean: 0.2, deviation: 0.5), RadialBasis(inputs: 7, outputs: 5),
    Dropout(keep: 0.5, scale: 2),
    Sequential([
      Dropout(keep: 0.8, scale: 1), Maxout(inputs: 7, units: 6, pieces: 2), Tanh(),
      Sequential([Dense(inputs: 6, outputs: 3), Sigmoid()]),
    ]),
  ]

  /// A smooth scalar of the output: Σ c·y.
  private func value(_ layer: any Layer, _ x: Tensor, _ weights: [Tensor], _ c: Tensor) -> Double {
    let y = layer.forward(x, weights[...], .training(Seed(1, stage: "mask"))).output
    return zip(y.values, c.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  @Test(arguments: layers.indices)
  func pullbacksAgreeWithFiniteDifferences(_ index: Int) {
    let (layer, workspace, step) = (Self.layers[index], Self.workspace, Float(1e-3))
    let (x, weights) = (workspace.tensor([3, 7], noise(21, "x")), Self.weights(layer))
    let pass = layer.forward(x, weights[...], .training(Seed(1, stage: "mask")))
    let c = workspace.tensor(pass.output.shape, noise(pass.output.count, "c"))
    let (dx, dWeights) = pass.pullback(c, .inputAndWeights)
    #expect(dWeights.map(\.shape) == layer.weightShapes)
    let variables = [x] + weights
    for (which, gradient) in ([pass.inputGradient(c)] + dWeights).enumerated() {
      for i in 0..<variables[which].count {
        let sides = [step, -step].map { h -> Double in
          var moved = variables
          moved[which].values[i] += h
          return value(layer, moved[0], Array(moved.dropFirst()), c)
        }
        let slope = (sides[0] - sides[1]) / Double(2 * step)
        // Rounding of the output over the step, and its curvature.
        #expect(
          (slope - Double(gradient.values[i])).magnitude < 2e-3,
          "\(layer), variable \(which), element \(i): \(gradient.values[i]) instead of \(slope)")
      }
    }
    #expect(dx?.values.bits == pass.inputGradient(c).values.bits)
    #expect(pass.weightGradients(c).map(\.values.bits) == dWeights.map(\.values.bits))
    #expect(pass.pullback(c, .input).dWeights.isEmpty)
  }

  @Test func theWayBackOfALinearLayerIsItsTranspose() {
    let workspace = Self.workspace
    let weights = [workspace.tensor([9, 11], noise(99, "w")), workspace.tensor([9])]
    let (x, y) = (
      workspace.tensor([4, 11], noise(44, "x")), workspace.tensor([4, 9], noise(36, "y"))
    )
    let pass = Dense(inputs: 11, outputs: 9).forward(x, weights[...], .inference)
    let left = (pass.output * y).sum()
    let right = (x * pass.inputGradient(y)).sum()
    #expect((left - right).magnitude < 1e-5 * (1 + left.magnitude))
  }

  @Test(arguments: layers.indices)
  func inferenceIsForwardWithoutNoise(_ index: Int) {
    let (layer, x) = (Self.layers[index], Self.workspace.tensor([3, 7], noise(21, "x")))
    let weights = Self.weights(layer)
    let forward = layer.forward(x, weights[...], .inference).output
    #expect(layer.infer(x, weights[...]).values.bits == forward.values.bits)
  }

  @Test(arguments: layers.indices)
  func anExampleDoesNotDependOnItsBatch(_ index: Int) {
    let layer = Self.layers[index]
    let x = Self.workspace.tensor([40, 7], noise(280, "x"))
    let weights = Self.weights(layer)
    let together = layer.infer(x, weights[...])
    for i in [0, 17, 39] {
      let alone = layer.infer(x.rows(i..<i + 1), weights[...])
      #expect(alone.values.bits == together.rows(i..<i + 1).values.bits)
    }
  }

  @Test(arguments: Arrangement.all)
  func slopesHaveTheBitsOfTheirFormulas(_ arrangement: Arrangement) {
    let workspace = arrangement.workspace
    let (x, dy) = (noise(333, "x").map { $0 * 4 }, noise(333, "dy"))
    let (input, gradient) = (workspace.tensor([333], x), workspace.tensor([333], dy))
    func slope(_ layer: any Layer) -> [UInt32] {
      layer.forward(input, [], .inference).inputGradient(gradient).values.bits
    }
    func expected(_ formula: (_ x: Float, _ dy: Float) -> Float) -> [UInt32] {
      zip(x, dy).map { formula($0, $1) }.bits
    }
    #expect(slope(ReLU()) == expected { x, dy in x > 0 ? dy : 0 })
    let sigmoid = expected { x, dy in
      let y = Reference.sigmoid(x)
      return dy * (y * (1 - y))
    }
    #expect(slope(Sigmoid()) == sigmoid)
    let tanh = expected { x, dy in
      let y = Reference.tanh(x)
      return dy * Float(1).addingProduct(-y, y)
    }
    #expect(slope(Tanh()) == tanh)
  }
}
