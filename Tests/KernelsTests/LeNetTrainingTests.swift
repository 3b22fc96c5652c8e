import Testing

@testable import Kernels

/// A short training of a small LeNet: convolution, pooling, momentum and the cap on kernels.
@Suite struct LeNetTrainingTests {
  static let network = Sequential([
    Conv2D(channels: 1, height: 16, width: 16, outputs: 6, kernel: 5), Tanh(),
    MaxPool2D(channels: 6, height: 12, width: 12, window: 2, stride: 2),
    Conv2D(channels: 6, height: 6, width: 6, outputs: 10, kernel: 3, padding: 1), ReLU(),
    MaxPool2D(channels: 10, height: 6, width: 6, window: 2, stride: 2),
    ChannelDropout(channels: 10, keep: 0.8, scale: 1.25), Dense(inputs: 90, outputs: 4),
  ])

  static let training = ShortTraining(
    network: network, seed: Seed(12, stage: "LeNet run"), images: 37, pixels: 256, part: 64,
    normCap: 2)

  /// The same on every machine, in debug and release.
  static let golden: UInt64 = 16_425_727_636_989_393_258

  @Test(arguments: Arrangement.all)
  func twentyStepsEndInTheSameBitsEverywhere(_ arrangement: Arrangement) {
    let (weights, losses) = Self.training.run(arrangement.workspace, steps: 20)
    #expect(TrainingRunTests.digest(weights) == Self.golden)
    let (early, late): (Float, Float) = (
      losses.prefix(5).reduce(0, +), losses.suffix(5).reduce(0, +)
    )
    #expect(late < 0.8 * early)
  }

  @Test(arguments: [1, 2])
  func aStepAfterTheFirstAsksTheSystemForNothing(_ threads: Int) {
    let workspace = Workspace(threads: threads)
    var counts: [Int] = []
    _ = Self.training.run(workspace, steps: 6) { _ in counts.append(workspace.freshAllocations) }
    #expect(counts.dropFirst().allSatisfy { $0 == counts[0] }, "allocations by step: \(counts)")
    #expect(counts[0] > 0)
  }

  @Test func aKernelIsOneRowUnderTheCap() {
    let workspace = Workspace(threads: 1)
    let kernels: [Float] = [3, 0, 0, 4, 0.1, 0.1, 0.1, 0.1]
    var weights = [workspace.tensor([2, 1, 2, 2], kernels)]
    var sgd = SGD(weights: weights, columnNormCap: 1)
    sgd.step(
      &weights, gradients: [workspace.tensor([2, 1, 2, 2])], learningRate: 1, momentum: 0)
    let fifth: Float = 1 / 5
    #expect(weights[0].values == [3 * fifth, 0, 0, 4 * fifth, 0.1, 0.1, 0.1, 0.1])
  }
}
