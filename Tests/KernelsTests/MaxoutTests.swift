import Testing

@testable import Kernels

@Suite struct MaxoutTests {
  @Test(arguments: Arrangement.all)
  func bothWaysHaveTheBitsOfThePlainLoops(_ arrangement: Arrangement) {
    let workspace = arrangement.workspace
    for (n, inputs, units, pieces) in [
      (1, 1, 1, 1), (3, 5, 7, 2), (20, 70, 9, 5), (37, 131, 33, 3),
    ] {
      let layer = Maxout(inputs: inputs, units: units, pieces: pieces)
      let x = noise(n * inputs, "x")
      let w = noise(units * pieces * inputs, "w")
      let b = noise(units * pieces, "b")
      // A gradient that went through dropout: half of it is 0, of either sign.
      let dy = noise(n * units, "dy").map { $0 > 0.5 ? 0 : $0 > 0 ? -0.0 : $0 }
      let z = Reference.matmul(
        x, w, m: n, n: units * pieces, k: inputs, transposeB: true, bias: b)
      let (y, winner) = Reference.maxout(z, pieces: pieces)
      let (dw, db, dx) = Reference.maxoutBackward(
        x: x, w: w, dy: dy, winner: winner, inputs: inputs, units: units, pieces: pieces)

      let weights = [
        workspace.tensor([units * pieces, inputs], w), workspace.tensor([units * pieces], b),
      ]
      let pass = layer.forward(workspace.tensor([n, inputs], x), weights[...], .inference)
      let back = pass.pullback(workspace.tensor([n, units], dy), .inputAndWeights)
      #expect(pass.output.values.bits == y.bits)
      #expect(back.dWeights.map(\.values.bits) == [dw.bits, db.bits])
      #expect(back.dx?.values.bits == dx.bits)
    }
  }

  @Test func theFirstOfEqualPiecesGetsTheGradient() {
    let workspace = Workspace(threads: 1)
    let weights = [workspace.tensor([3, 1], [2, 2, 1]), workspace.tensor([3])]
    let pass = Maxout(inputs: 1, units: 1, pieces: 3).forward(
      workspace.tensor([1, 1], [1]), weights[...], .inference)
    #expect(pass.weightGradients(workspace.tensor([1, 1], [1]))[0].values == [1, 0, 0])
  }

  @Test(arguments: Arrangement.all)
  func dropoutKeepsWhatItsSeedSays(_ arrangement: Arrangement) {
    let (x, seed) = (noise(elementRun + 300, "x"), Seed(9, stage: "dropout"))
    for (keep, scale) in [(Float(0.8), Float(1)), (0.5, 2), (1, 1), (0, 1)] {
      let input = arrangement.workspace.tensor([x.count], x)
      let pass = Dropout(keep: keep, scale: scale).forward(input, [], .training(seed))
      let expected = Reference.dropout(x, keep: keep, scale: scale, seed: seed)
      #expect(pass.output.values.bits == expected.bits)
      #expect(pass.inputGradient(input).values.bits == expected.bits)
      let kept = Double(expected.count { $0 != 0 }) / Double(x.count)
      // Four standard deviations of a share of 16,684 trials.
      #expect((kept - Double(keep)).magnitude < 0.016)
    }
  }
}
