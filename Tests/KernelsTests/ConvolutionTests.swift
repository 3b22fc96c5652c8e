import Testing

@testable import Kernels

@Suite struct ConvolutionTests {
  /// A layer on a batch, and what the plain loops make of it.
  struct Case: Sendable {
    let layer: Conv2D
    let images: Int
    let x, w, b, dy: [Float]
    let y, dx, dw, db: [Float]

    init(
      _ images: Int, _ channels: Int, _ height: Int, _ width: Int, to outputs: Int, kernel: Int,
      padding: Int = 0, stride: Int = 1
    ) {
      layer = Conv2D(
        channels: channels, height: height, width: width, outputs: outputs, kernel: kernel,
        padding: padding, stride: stride)
      self.images = images
      let counts = layer.weightShapes.map { $0.reduce(1, *) }
      x = noise(images * layer.inputCount, "x")
      (w, b) = (noise(counts[0], "w"), noise(counts[1], "b"))
      // A gradient that went through pooling: most of it is 0, of either sign.
      dy = noise(images * layer.outputCount, "dy").map { $0 > 0.5 ? 0 : $0 > 0 ? -0.0 : $0 }
      y = Reference.convolution(x, w, b, layer)
      dx = Reference.convolutionInputGradient(dy, w, layer)
      (dw, db) = Reference.convolutionWeightGradients(x, dy, layer)
    }
  }

  static let cases: [Case] = [
    Case(1, 1, 1, 1, to: 1, kernel: 1), Case(3, 3, 1, 1, to: 2, kernel: 1, padding: 4),
    Case(2, 7, 6, 5, to: 15, kernel: 1), Case(33, 1, 9, 8, to: 3, kernel: 5),
    Case(2, 1, 28, 28, to: 20, kernel: 5), Case(1, 20, 12, 12, to: 7, kernel: 5),
    Case(5, 3, 9, 11, to: 16, kernel: 3, padding: 1), Case(1, 20, 4, 4, to: 31, kernel: 3),
    Case(2, 3, 8, 9, to: 5, kernel: 8, padding: 4), Case(1, 2, 10, 7, to: 6, kernel: 5, padding: 2),
    Case(5, 2, 7, 7, to: 3, kernel: 3, padding: 3, stride: 2),
    Case(2, 3, 12, 11, to: 4, kernel: 5, padding: 4, stride: 2),
    Case(1, 7, 10, 10, to: 2, kernel: 1, stride: 4), Case(2, 2, 9, 9, to: 2, kernel: 2, stride: 3),
    Case(2, 2, 8, 35, to: 2, kernel: 8, padding: 1, stride: 2),
    Case(33, 2, 4, 6, to: 29, kernel: 3, padding: 1), Case(70, 1, 6, 6, to: 2, kernel: 3),
    Case(35, 1, 33, 18, to: 1, kernel: 2),
  ]

  @Test(arguments: Arrangement.all)
  func bothWaysHaveTheBitsOfThePlainLoops(_ arrangement: Arrangement) {
    let workspace = arrangement.workspace
    for test in Self.cases {
      let layer = test.layer
      let weights = zip(layer.weightShapes, [test.w, test.b]).map { workspace.tensor($0, $1) }
      let x = workspace.tensor([test.images, layer.inputCount], test.x)
      let pass = layer.forward(x, weights[...], .inference)
      let dy = workspace.tensor([test.images, layer.outputCount], test.dy)
      let back = pass.pullback(dy, .inputAndWeights)
      #expect(pass.output.shape == [test.images, layer.outputCount])
      #expect(pass.output.values.bits == test.y.bits, "y of \(layer)")
      #expect(back.dx?.values.bits == test.dx.bits, "dx of \(layer)")
      #expect(back.dWeights.map(\.shape) == layer.weightShapes)
      #expect(back.dWeights.first?.values.bits == test.dw.bits, "dw of \(layer)")
      #expect(back.dWeights.last?.values.bits == test.db.bits, "db of \(layer)")
      #expect(pass.inputGradient(dy).values.bits == test.dx.bits)
      #expect(pass.weightGradients(dy).map(\.values.bits) == back.dWeights.map(\.values.bits))
    }
  }

  @Test(arguments: Arrangement.all)
  func largeImagesAreCutIntoBandsWithoutChangingBits(_ arrangement: Arrangement) {
    // Copies of 64 channels of 32 × 32 do not fit into one band.
    let (workspace, images) = (arrangement.workspace, 2)
    let layer = Conv2D(channels: 64, height: 32, width: 32, outputs: 1, kernel: 3, padding: 1)
    let (x, w) = (noise(images * layer.inputCount, "x"), noise(64 * 9, "w"))
    let y = layer.infer(
      workspace.tensor([images, layer.inputCount], x),
      [workspace.tensor([1, 64, 3, 3], w), workspace.tensor([1], [0.25])])
    #expect(y.values.bits == Self.banded.bits)
  }

  private static let banded: [Float] = {
    let layer = Conv2D(channels: 64, height: 32, width: 32, outputs: 1, kernel: 3, padding: 1)
    return Reference.convolution(
      noise(2 * layer.inputCount, "x"), noise(64 * 9, "w"), [0.25], layer)
  }()

  @Test func aKernelIsLaidOverTheImageAsItStands() {
    let workspace = Workspace(threads: 1)
    let layer = Conv2D(channels: 1, height: 2, width: 3, outputs: 1, kernel: 2, padding: 1)
    let y = layer.infer(
      workspace.tensor([1, 6], [1, 2, 3, 4, 5, 6]),
      [workspace.tensor([1, 1, 2, 2], [1, 10, 100, 1000]), workspace.tensor([1], [0.5])])
    let expected: [Float] = [
      1000, 2100, 3200, 300, 4010, 5421, 6532, 603, 40, 54, 65, 6,
    ]
    #expect(y.values == expected.map { $0 + 0.5 })
  }

  @Test func theWayBackIsTheTranspose() {
    let workspace = Workspace(threads: 2)
    for test in Self.cases {
      let (layer, none) = (test.layer, [Float](repeating: 0, count: test.b.count))
      let weights = zip(layer.weightShapes, [test.w, none]).map { workspace.tensor($0, $1) }
      let x = workspace.tensor([test.images, layer.inputCount], test.x)
      let dy = workspace.tensor([test.images, layer.outputCount], test.dy)
      let pass = layer.forward(x, weights[...], .inference)
      let left = (pass.output * dy).sum()
      let size = (pass.output * dy).sumOfMagnitudes()
      let right = (x * pass.inputGradient(dy)).sum()
      let through = (weights[0] * pass.weightGradients(dy)[0]).sum()
      // Rounding of sums of so large terms.
      #expect((left - right).magnitude < 1e-4 * (1 + size), "\(layer)")
      #expect((left - through).magnitude < 1e-4 * (1 + size), "\(layer)")
    }
  }

  @Test(arguments: SIMDPath.available)
  func anImageThatIsNotFiniteSpoilsNoOther(_ simd: SIMDPath) {
    let workspace = Workspace(threads: 2, simd: simd)
    let test = Self.cases[6]
    let layer = test.layer
    var x = workspace.tensor([test.images, layer.inputCount], test.x)
    x.values[layer.inputCount + 3] = .infinity
    let weights = zip(layer.weightShapes, [test.w, test.b]).map { workspace.tensor($0, $1) }
    let y = layer.infer(x, weights[...])
    for image in [0, 2, 3, 4] {
      let own = image * layer.outputCount..<(image + 1) * layer.outputCount
      #expect(Array(y.values[own]).bits == Array(test.y[own]).bits)
    }
    #expect(y.values.contains { !$0.isFinite })
  }

  @Test func anEmptyBatchHasAnEmptyOutputAndNoGradient() {
    let workspace = Workspace(threads: 2)
    let layer = Conv2D(channels: 2, height: 4, width: 4, outputs: 3, kernel: 3)
    let weights = layer.weightShapes.map { workspace.tensor($0) }
    let pass = layer.forward(workspace.tensor([0, 32]), weights[...], .inference)
    let back = pass.pullback(workspace.tensor([0, 12]), .inputAndWeights)
    #expect(pass.output.shape == [0, 12] && back.dx?.shape == [0, 32])
    #expect(back.dWeights.allSatisfy { $0.values.allSatisfy { $0 == 0 } })
  }
}
