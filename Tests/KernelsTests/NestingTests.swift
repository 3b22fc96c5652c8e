import Testing

@testable import Kernels

@Suite struct NestingTests {
  private let workspace = Workspace(threads: 2)

  @Test func branchesStandSideBySideAndTheirGradientsAddUpInOrder() {
    let layer = Concat([
      Dense(inputs: 4, outputs: 3), Tanh(), Concat([Sigmoid(), Dense(inputs: 4, outputs: 1)]),
    ])
    let weights = LayerTests.weights(layer)
    let x = workspace.tensor([5, 4], noise(20, "x"))
    let pass = layer.forward(x, weights[...], .inference)
    let parts = [
      Dense(inputs: 4, outputs: 3).forward(x, weights[0..<2], .inference),
      Tanh().forward(x, [], .inference), Sigmoid().forward(x, [], .inference),
      Dense(inputs: 4, outputs: 1).forward(x, weights[2..<4], .inference),
    ]
    let y = Reference.concatenation(
      zip(parts, [3, 4, 4, 1]).map { (values: $0.output.values, columns: $1) })
    #expect(layer.weightShapes == [[3, 4], [3], [1, 4], [1]])
    #expect(pass.output.shape == [5, 12] && pass.output.values.bits == y.bits)

    let dy = workspace.tensor([5, 12], noise(60, "dy"))
    let bounds = [0..<3, 3..<7, 7..<11, 11..<12]
    let steps = zip(parts, bounds).map {
      $0.pullback(columnRange($1, of: dy), .inputAndWeights)
    }
    let each = steps.compactMap(\.dx)
    let back = pass.pullback(dy, .inputAndWeights)
    #expect(back.dx?.values.bits == (each[0] + each[1] + (each[2] + each[3])).values.bits)
    #expect(back.dWeights.map(\.values.bits) == steps.flatMap(\.dWeights).map(\.values.bits))
    #expect(pass.inputGradient(dy).values.bits == back.dx?.values.bits)
    #expect(pass.pullback(dy, .weights).dx == nil)
  }

  @Test func aResidualAddsItsInputAndItsGradient() {
    let layer = Residual(Dense(inputs: 4, outputs: 4))
    let weights = LayerTests.weights(layer)
    let x = workspace.tensor([5, 4], noise(20, "x"))
    let dy = workspace.tensor([5, 4], noise(20, "dy"))
    let inner = Dense(inputs: 4, outputs: 4).forward(x, weights[...], .inference)
    let pass = layer.forward(x, weights[...], .inference)
    #expect(pass.output.values.bits == (x + inner.output).values.bits)
    #expect(pass.inputGradient(dy).values.bits == (dy + inner.inputGradient(dy)).values.bits)
    #expect(pass.pullback(dy, .input).dWeights.isEmpty)
    #expect(
      pass.weightGradients(dy).map(\.values.bits)
        == inner.weightGradients(dy).map(\.values.bits))
  }

  @Test func branchesDoNotShareTheirNoise() {
    let dropout = Dropout(keep: 0.5, scale: 2)
    let layer = Concat([dropout, dropout])
    let x = workspace.tensor([1, 64]) + 1
    let y = layer.forward(x, [], .training(Seed(3, stage: "noise"))).output.values
    #expect(Array(y[0..<64]) != Array(y[64...]))
  }

  /// Kinds that only images have, nested: a small Inception block over a residual one.
  static let network = Sequential([
    Conv2D(channels: 2, height: 6, width: 5, outputs: 4, kernel: 3, padding: 1),
    Concat([
      Residual(
        Sequential([
          Tanh(), Conv2D(channels: 4, height: 6, width: 5, outputs: 4, kernel: 3, padding: 1),
        ])),
      Conv2D(channels: 4, height: 6, width: 5, outputs: 2, kernel: 1),
      Sequential([
        MaxPool2D(channels: 4, height: 6, width: 5, window: 3, stride: 3),
        ChannelDropout(channels: 4, keep: 0.5, scale: 2), Dense(inputs: 16, outputs: 60),
      ]),
    ]),
    MaxoutChannels(units: 4, pieces: 2, pixels: 30), Tanh(), Dense(inputs: 120, outputs: 3),
  ])

  static let layers: [any Layer] = [
    Conv2D(channels: 2, height: 6, width: 5, outputs: 3, kernel: 3, padding: 1),
    Conv2D(channels: 2, height: 6, width: 5, outputs: 3, kernel: 2, padding: 1, stride: 2),
    MaxPool2D(channels: 2, height: 6, width: 5, window: 2, stride: 2),
    MaxPool2D(channels: 2, height: 6, width: 5, window: 3, stride: 2),
    MaxoutChannels(units: 2, pieces: 3, pixels: 10),
    ChannelDropout(channels: 3, keep: 0.5, scale: 2),
    Residual(Tanh()), Concat([Tanh(), Dense(inputs: 60, outputs: 2)]),
  ]

  /// Σ c·y, a smooth scalar away from kinks.
  private func value(_ layer: any Layer, _ variables: [Tensor], _ c: [Float]) -> Double {
    let mode = Mode.training(Seed(1, stage: "mask"))
    let y = layer.forward(variables[0], variables[1...], mode).output
    return zip(y.values, c).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  private func check(_ layer: any Layer) {
    let step: Float = 1e-3
    let weights = LayerTests.weights(layer).map { $0 * 0.5 }
    let variables = [workspace.tensor([3, 60], noise(180, "picture"))] + weights
    let pass = layer.forward(variables[0], weights[...], .training(Seed(1, stage: "mask")))
    let c = workspace.tensor(pass.output.shape, noise(pass.output.count, "c"))
    let back = pass.pullback(c, .inputAndWeights)
    #expect(back.dWeights.map(\.shape) == layer.weightShapes)
    for (which, gradient) in ([pass.inputGradient(c)] + back.dWeights).enumerated() {
      // Not every element: a whole nest would take too long.
      for i in stride(from: 0, to: gradient.count, by: gradient.count > 400 ? 17 : 1) {
        let sides = [step, -step].map { h -> Double in
          var moved = variables
          moved[which].values[i] += h
          return value(layer, moved, c.values)
        }
        let slope = (sides[0] - sides[1]) / Double(2 * step)
        // Rounding of the outputs over the step, and their curvature.
        #expect(
          (slope - Double(gradient.values[i])).magnitude < 4e-3,
          "\(layer), variable \(which), element \(i): \(gradient.values[i]) instead of \(slope)")
      }
    }
    #expect(back.dx?.values.bits == pass.inputGradient(c).values.bits)
    #expect(pass.weightGradients(c).map(\.values.bits) == back.dWeights.map(\.values.bits))
  }

  @Test(arguments: layers.indices)
  func pullbacksAgreeWithFiniteDifferences(_ index: Int) { check(Self.layers[index]) }

  @Test func aNestAgreesWithFiniteDifferences() { check(Self.network) }

  @Test func inferenceIsForwardWithoutNoiseAndKnowsNoBatch() {
    let weights = LayerTests.weights(Self.network)
    let x = workspace.tensor([35, 60], noise(2100, "x"))
    let together = Self.network.infer(x, weights[...])
    let forward = Self.network.forward(x, weights[...], .inference).output
    #expect(together.values.bits == forward.values.bits)
    for i in [0, 17, 34] {
      let alone = Self.network.infer(x.rows(i..<i + 1), weights[...])
      #expect(alone.values.bits == together.rows(i..<i + 1).values.bits)
    }
  }
}
