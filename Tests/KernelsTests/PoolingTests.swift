import Testing

@testable import Kernels

@Suite struct PoolingTests {
  static let pools: [MaxPool2D] = [
    (1, 1, 1, 1, 1), (2, 2, 2, 2, 2), (3, 24, 24, 2, 2), (5, 8, 8, 2, 2), (2, 6, 70, 2, 2),
    (2, 7, 9, 2, 2), (3, 32, 32, 3, 2), (2, 9, 12, 4, 2), (1, 11, 8, 3, 3), (4, 5, 6, 2, 1),
    (2, 33, 20, 8, 3),
  ].map { MaxPool2D(channels: $0, height: $1, width: $2, window: $3, stride: $4) }

  /// Numbers of which many are equal, some −0.
  static func coarse(_ count: Int) -> [Float] {
    noise(count, "x").map { ($0 * 4).rounded() / 4 }
  }

  @Test(arguments: Arrangement.all)
  func windowsHaveTheBitsOfThePlainLoops(_ arrangement: Arrangement) {
    let workspace = arrangement.workspace
    for layer in Self.pools {
      for images in [1, 5] {
        let x = Self.coarse(images * layer.channels * layer.height * layer.width)
        let (y, winner) = Reference.maxPool(x, layer)
        let dy = noise(y.count, "dy").map { $0 > 0.5 ? -0.0 : $0 }
        let input = workspace.tensor([images, x.count / images], x)
        let pass = layer.forward(input, [], .inference)
        let gradient = workspace.tensor([images, y.count / images], dy)
        let expected = Reference.maxPoolBackward(dy, winner: winner, count: x.count)
        #expect(pass.output.values.bits == y.bits, "\(layer)")
        #expect(pass.inputGradient(gradient).values.bits == expected.bits, "\(layer)")
        #expect(layer.infer(input, []).values.bits == y.bits)
        #expect(pass.pullback(gradient, .weights).dx == nil)
      }
    }
  }

  @Test func windowsHangOverTheEdgeWhereTheyMust() {
    let layer = MaxPool2D(channels: 1, height: 4, width: 5, window: 2, stride: 2)
    #expect(layer.outHeight == 2 && layer.outWidth == 3)
    let pass = layer.forward(
      Workspace(threads: 1).tensor([1, 20], (0..<20).map { Float($0) }), [], .inference)
    #expect(pass.output.values == [6, 8, 9, 16, 18, 19])
  }

  @Test(arguments: SIMDPath.available)
  func theFirstOfEqualsGetsTheGradient(_ simd: SIMDPath) {
    let workspace = Workspace(threads: 1, simd: simd)
    let zeros = workspace.tensor([1, 16])
    let pool = MaxPool2D(channels: 1, height: 4, width: 4, window: 2, stride: 2)
    let ones = workspace.tensor([1, 4]) + 1
    #expect(
      pool.forward(zeros, [], .inference).inputGradient(ones).values
        == [1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0])
    let maxout = MaxoutChannels(units: 2, pieces: 2, pixels: 4)
    #expect(
      maxout.forward(zeros, [], .inference).inputGradient(workspace.tensor([1, 8]) + 1).values
        == [1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0])
  }

  @Test(arguments: Arrangement.all)
  func maximaOverChannelsHaveTheBitsOfThePlainLoops(_ arrangement: Arrangement) {
    let workspace = arrangement.workspace
    for (images, units, pieces, pixels) in [
      (1, 1, 1, 1), (2, 3, 2, 9), (5, 7, 3, 64), (33, 2, 5, 17), (2, 48, 2, 1089),
    ] {
      let layer = MaxoutChannels(units: units, pieces: pieces, pixels: pixels)
      let x = Self.coarse(images * units * pieces * pixels)
      let (y, winner) = Reference.maxoutChannels(x, layer)
      let dy = noise(y.count, "dy").map { $0 > 0.5 ? -0.0 : $0 }
      let input = workspace.tensor([images, x.count / images], x)
      let pass = layer.forward(input, [], .inference)
      let gradient = workspace.tensor([images, y.count / images], dy)
      let expected = Reference.maxoutChannelsBackward(dy, winner: winner, count: x.count)
      #expect(pass.output.values.bits == y.bits, "\(layer)")
      #expect(pass.inputGradient(gradient).values.bits == expected.bits, "\(layer)")
      #expect(layer.infer(input, []).values.bits == y.bits)
    }
  }

  @Test(arguments: Arrangement.all)
  func wholeChannelsAreDroppedAsTheSeedSays(_ arrangement: Arrangement) {
    let (images, channels, pixels) = (33, 20, 37)
    let (x, seed) = (noise(images * channels * pixels, "x"), Seed(9, stage: "channels"))
    for (keep, scale) in [(Float(0.5), Float(2)), (0.8, 1), (1, 1), (0, 1)] {
      let layer = ChannelDropout(channels: channels, keep: keep, scale: scale)
      let input = arrangement.workspace.tensor([images, channels * pixels], x)
      let pass = layer.forward(input, [], .training(seed))
      let expected = Reference.channelDropout(
        x, pixels: pixels, keep: keep, scale: scale, seed: seed)
      #expect(pass.output.values.bits == expected.bits)
      #expect(pass.inputGradient(input).values.bits == expected.bits)
      #expect(layer.infer(input, []).values.bits == x.bits)
      let kept = Double(expected.count { $0 != 0 }) / Double(x.count)
      // Four standard deviations of a share of 660 trials.
      #expect((kept - Double(keep)).magnitude < 0.078)
    }
  }
}
