import Attacks
import Datasets
import Kernels
import Measures
import Models
import Training

extension Benchmark {
  /// The saliency map attack of Papernot and others 2016, and the search inside it.
  package static let jsma: [Benchmark] = [attackOnLeNet, pairSearch]

  /// LeNet after a few epochs on digits that the project draws: enough to be attacked as a trained
  /// network is.
  private static func trainedLeNet(
    _ digits: DigitImages, in workspace: Workspace
  ) -> Classifier {
    let architecture = LeNet.published.architecture(
      channels: 1, height: 28, width: 28, classes: 10)
    let seed = Seed(1, stage: "bench")
    let start = Classifier(
      architecture: architecture,
      weights: LeNet.published.initialWeights(architecture, seed: seed, in: workspace),
      head: .softmax, classes: Array(0..<10))
    let recipe = TrainingRecipe(batch: 50, learningRate: 0.1, momentum: 0, epochs: 4)
    let trainer = Trainer(
      recipe, on: digits.train,
      validation: Evaluator(digits.validation, for: start.classes, in: workspace),
      classes: start.classes, seed: seed, workspace: workspace)
    var state = trainer.start(start)
    for _ in 0..<recipe.maximumEpochs { try? trainer.trainEpoch(&state, momentum: 0) }
    return state.classifier
  }

  private static func digits() -> DigitImages {
    SyntheticDigits.parts(
      train: 3000, validation: 100, test: 120, seed: Seed(1, stage: "bench").forked("digits"))
  }

  /// A hundred and twenty digits, each to nine classes.
  private static let attackOnLeNet = Benchmark(
    name: "LeNet 20-50-500, saliency map attack, Υ 14.5 %", unit: .pairs, work: 1080
  ) { workspace in
    let digits = digits()
    let victim = trainedLeNet(digits, in: workspace)
    let attack = JSMA(upsilon: 14.5, of: 784)
    return {
      var next = 0
      var run = SaliencyRun(attack, against: victim, width: 784, in: workspace)
      run.drain {
        while next < 1200, Int(digits.test.labels[next / 10]) == next % 10 { next += 1 }
        guard next < 1200 else { return nil }
        defer { next += 1 }
        return SaliencyRun.Job(
          id: next, aim: Aim(label: -1, .targeted(next % 10)),
          pixels: digits.test.pixels(next / 10..<next / 10 + 1))
      } finished: { _ in
      }
    }
  }

  /// The best of 306,936 pairs, in 256 images, from the derivatives of that network.
  private static let pairSearch = Benchmark(
    name: "best pair of 784 pixels, from LeNet's derivatives", unit: .searches, work: 256
  ) { workspace in
    let digits = digits()
    let victim = trainedLeNet(digits, in: workspace)
    let x = workspace.tensor([256, 784], digits.train.pixels(0..<256))
    let (a, b) = victim.scored(x).saliency(towards: (0..<256).map { $0 % 10 }, .increase)
    let open = x.values.map { UInt8($0 < 1 ? 1 : 0) }
    return { _ = bestPairs(a, b, open: open) }
  }
}
