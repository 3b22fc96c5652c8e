import Testing

@testable import Kernels

@Suite struct RadialBasisTests {
  /// Positive numbers as pixels are, and scales and centres of the size that training gives.
  private static func numbers(_ n: Int, _ inputs: Int, _ outputs: Int) -> (
    x: [Float], scale: [Float], centre: [Float]
  ) {
    (
      noise(n * inputs, "x").map { ($0 + 1) / 2 }, noise(outputs * inputs, "scale").map { $0 / 4 },
      noise(outputs * inputs, "centre").map { ($0 + 1) / 2 }
    )
  }

  @Test(arguments: Arrangement.all)
  func theOutputHasTheBitsOfThePlainLoops(_ arrangement: Arrangement) {
    let workspace = arrangement.workspace
    for (n, inputs, outputs) in [(1, 1, 1), (3, 5, 7), (33, 131, 10)] {
      let (x, scale, centre) = Self.numbers(n, inputs, outputs)
      let weights = [scale, centre].map { workspace.tensor([outputs, inputs], $0) }
      let z = RadialBasis(inputs: inputs, outputs: outputs)
        .infer(workspace.tensor([n, inputs], x), weights[...])
      let expected = Reference.radialBasis(
        x, scale: scale, centre: centre, inputs: inputs, outputs: outputs)
      #expect(z.values.bits == expected.bits)
    }
  }

  /// The definition, which the layer and its reference multiply out.
  @Test func theOutputIsMinusTheScaledSquaredDistance() {
    let (n, inputs, outputs) = (20, 784, 10)
    let (x, scale, centre) = Self.numbers(n, inputs, outputs)
    let z = Reference.radialBasis(
      x, scale: scale, centre: centre, inputs: inputs, outputs: outputs)
    for i in 0..<n {
      for u in 0..<outputs {
        let distance = (0..<inputs).reduce(0.0) { sum, j in
          let step =
            Double(scale[u * inputs + j])
            * (Double(x[i * inputs + j]) - Double(centre[u * inputs + j]))
          return sum + step * step
        }
        // Each of the three sums is at most a few times the distance: rounding of 784 terms.
        #expect((Double(z[i * outputs + u]) + distance).magnitude < 1e-5 * (1 + distance))
      }
    }
  }

  @Test(arguments: Arrangement.all)
  func theWayBackAgreesWithThePlainLoops(_ arrangement: Arrangement) {
    let workspace = arrangement.workspace
    let (n, inputs, outputs) = (37, 131, 10)
    let (x, scale, centre) = Self.numbers(n, inputs, outputs)
    let dy = noise(n * outputs, "dy")
    func pass(_ workspace: Workspace) -> (dx: Tensor?, dWeights: [Tensor]) {
      let weights = [scale, centre].map { workspace.tensor([outputs, inputs], $0) }
      return RadialBasis(inputs: inputs, outputs: outputs)
        .forward(workspace.tensor([n, inputs], x), weights[...], .inference)
        .pullback(workspace.tensor([n, outputs], dy), .inputAndWeights)
    }
    let back = pass(workspace)
    let expected = Reference.radialBasisBackward(
      x: x, scale: scale, centre: centre, dy: dy, inputs: inputs, outputs: outputs)
    func agree(_ ours: [Float], _ theirs: [Double], _ name: String) {
      // Sums of 37 terms of size up to 1, or of 10 of size up to 0.1.
      let worst = zip(ours, theirs).map { (Double($0) - $1).magnitude }.max() ?? .infinity
      #expect(worst < 5e-6, "\(name) is off by \(worst)")
    }
    agree(back.dWeights[0].values, expected.ds, "∂L/∂s")
    agree(back.dWeights[1].values, expected.dCentre, "∂L/∂μ")
    agree(back.dx?.values ?? [], expected.dx, "∂L/∂x")
    // No bit depends on the arrangement.
    let plain = pass(Workspace(threads: 1, simd: SIMDPath.available[0]))
    #expect(back.dx?.values.bits == plain.dx?.values.bits)
    #expect(back.dWeights.map(\.values.bits) == plain.dWeights.map(\.values.bits))
  }

  /// Rounding must not make a row likelier than certain where it lies on a centre.
  @Test func onItsCentreAUnitGivesZero() {
    let workspace = Workspace(threads: 1)
    let (_, scale, centre) = Self.numbers(1, 784, 10)
    let weights = [scale.map { $0 * 100 }, centre].map { workspace.tensor([10, 784], $0) }
    let z = RadialBasis(inputs: 784, outputs: 10)
      .infer(workspace.tensor([10, 784], centre), weights[...]).values
    #expect(z.allSatisfy { $0 <= 0 })
    for u in 0..<10 { #expect(z[u * 11] > -0.2, "of 16,000 in its parts") }
  }

  /// A pixel that is where all centres have it pulls the output nowhere.
  @Test func aCoordinateOnAllCentresHasNoGradient() {
    let workspace = Workspace(threads: 1)
    let weights = [[1, 2, 3, 4], [0, 0.5, 0, 0.25]].map { workspace.tensor([2, 2], $0) }
    let pass = RadialBasis(inputs: 2, outputs: 2)
      .forward(workspace.tensor([1, 2], [0, 1]), weights[...], .inference)
    let dx = pass.inputGradient(workspace.tensor([1, 2], [1, -1])).values
    // −2·2²·0.5 from the first unit, and 2·4²·0.75 from the second.
    #expect(dx == [0, 20])
  }
}
