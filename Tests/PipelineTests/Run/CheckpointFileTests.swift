import Contract
import Foundation
import Kernels
import Stages
import Synchronization
import Testing

@testable import Pipeline

@Suite("Checkpoints") final class CheckpointFileTests {
  private let scratch: ScratchFolder
  private var path: String { "\(scratch.path)/checkpoints/key" }

  init() throws { scratch = try ScratchFolder() }

  deinit { scratch.remove() }

  private static let state = TensorBundle(
    ["w": NumericArray(shape: [2], .float32([1, -0.0]))], metadata: ["rate": "1"])

  @Test func `a state is found again until it is removed`() {
    let file = CheckpointFile(path: path, interval: .zero)
    #expect(file.checkpoint.load() == nil)
    file.checkpoint.save { Self.state }
    #expect(CheckpointFile(path: path).checkpoint.load() == Self.state)
    file.remove()
    #expect(file.checkpoint.load() == nil)
  }

  @Test func `nothing is written before there is something to lose`() {
    let file = CheckpointFile(path: path, interval: .seconds(3600))
    file.checkpoint.save {
      Issue.record("a state was taken that is not kept")
      return Self.state
    }
    #expect(Files.size(path) == nil)
  }

  @Test func `a damaged state is not there`() throws {
    let file = CheckpointFile(path: path, interval: .zero)
    file.checkpoint.save { Self.state }
    let whole = try Files.read(path)
    for i in whole.indices {
      var bytes = whole
      bytes[i] ^= 1
      try Files.write(bytes, to: path)
      #expect(file.checkpoint.load() == nil, "byte \(i)")
    }
    for count in [0, 10, 64, whole.count - 1] {
      try Files.write(Array(whole[..<count]), to: path)
      #expect(file.checkpoint.load() == nil, "\(count) bytes")
    }
  }

  @Test func `a training that was killed goes on to the same bytes`() throws {
    let states = Mutex<[TensorBundle]>([])
    let keeping = Checkpoint(
      load: { nil }, save: { state in states.withLock { $0.append(state()) } })
    let calm = try train(.none)
    #expect(try train(keeping) == calm)
    let kept = states.withLock { $0 }
    #expect(kept.count >= 3)
    for (i, state) in kept.enumerated() {
      let file = CheckpointFile(path: "\(path)-\(i)", interval: .zero)
      file.checkpoint.save { state }
      let epochs = Mutex(0)
      let resumed = try train(file.checkpoint) { _ in epochs.withLock { $0 += 1 } }
      #expect(resumed == calm, "from checkpoint \(i)")
      #expect(epochs.withLock { $0 } < 4, "it began anew")
    }
  }

  /// The stored bytes of a tiny maxout training of four epochs.
  private func train(
    _ checkpoint: Checkpoint,
    progress: @escaping @Sendable (Contract.Progress) -> Void = { _ in }
  ) throws -> [String: [UInt8]] {
    let workspace = Workspace(threads: 1)
    var digitOptions = OptionReader(["train": .int(60), "validation": .int(20), "test": .int(10)])
    let digits = try SyntheticDigitsStage(options: &digitOptions).run(
      StageContext(name: "digits", seed: Seed(1, stage: "digits"), workspace: workspace))
    var options = OptionReader([
      "network": .string("maxout"), "head": .string("softmax"), "objective": .string("clean"),
      "recipe": .string("gradient-descent"), "stop": .string("patience"),
      "sequel": .string("none"), "watch": .list([.string("clean")]),
      "learn-from": .string("training"), "accuracy-of": .list([]),
      "units": .int(4), "pieces": .int(2), "input-keep": .double(0.8), "hidden-keep": .double(0.5),
      "initial-range": .double(0.05), "batch": .int(20), "learning-rate": .double(0.1),
      "learning-rate-divisor": .double(1.01), "first-momentum": .double(0.5),
      "last-momentum": .double(0.7), "momentum-epochs": .int(4), "norm-cap": .double(1.9),
      "patience": .int(9), "maximum-epochs": .int(4),
    ])
    let output = try Train(options: &options).run(
      StageContext(
        name: "maxout", inputs: ["data": [StageInput(stage: "digits", output: digits)]],
        seed: Seed(1, stage: "maxout"), workspace: workspace, progress: progress,
        checkpoint: checkpoint))
    return output.artifacts.mapValues(\.stored)
  }
}
