import Testing

@testable import Kernels

@Suite struct UpsampleTests {
  static let layers = [
    (1, 1, 1, 1), (1, 2, 3, 2), (3, 7, 7, 2), (16, 14, 14, 2), (2, 5, 4, 3), (32, 20, 33, 2),
  ].map { Upsample2D(channels: $0, height: $1, width: $2, factor: $3) }

  @Test(arguments: Arrangement.all)
  func squaresHaveTheBitsOfThePlainLoops(_ arrangement: Arrangement) {
    for layer in Self.layers {
      for images in [1, 3] {
        let x = noise(images * layer.inputCount, "x")
        let dy = noise(images * layer.outputCount, "dy")
        let pass = layer.forward(
          arrangement.workspace.tensor([images, layer.inputCount], x), [], .inference)
        let gradient = arrangement.workspace.tensor([images, layer.outputCount], dy)
        #expect(pass.output.values.bits == Reference.upsample(x, layer).bits, "\(layer)")
        #expect(
          pass.inputGradient(gradient).values.bits == Reference.upsampleBackward(dy, layer).bits,
          "\(layer)")
        #expect(pass.pullback(gradient, .weights).dx == nil)
      }
    }
  }

  /// ⟨Ax, y⟩ = ⟨x, Aᵀy⟩.
  @Test func theWayBackIsTheTransposedMap() {
    let (layer, workspace) = (Self.layers[2], Workspace(threads: 1))
    let x = workspace.tensor([2, layer.inputCount], noise(2 * layer.inputCount, "x"))
    let y = workspace.tensor([2, layer.outputCount], noise(2 * layer.outputCount, "y"))
    let pass = layer.forward(x, [], .inference)
    let (there, back) = ((pass.output * y).sum(), (x * pass.inputGradient(y)).sum())
    #expect(abs(there - back) < 1e-4)
  }
}
