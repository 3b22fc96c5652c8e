import Kernels
import Models

extension HybridNetwork {
  /// A classifier at the start of its training: the shallow body as `ScriptStart` draws it, another as
  /// `Network(startOf:)` makes it, the Gaussian process fitted to the codes of some images by
  /// `ProcessStart`.
  ///
  /// `shape` is channels, height and width of an image; `images: [n, pixels]`.
  package func start(
    _ shape: (channels: Int, height: Int, width: Int), classes: [Int], images: Tensor, seed: Seed
  ) -> Classifier {
    let workspace = images.workspace
    func architecture(_ top: Top) -> Architecture {
      topped(with: top).architecture(
        channels: shape.channels, height: shape.height, width: shape.width, classes: classes.count)
    }
    let usual = Network(
      startOf: architecture(.softmax), seed: seed.forked("weights"), in: workspace)
    let plain =
      body == .shallow
      ? usual.with(
        ScriptStart.weights(like: usual.weights.dropLast(2), seed: seed.forked("weights"))
          + usual.weights.suffix(2)) : usual
    guard top != .softmax else {
      return Classifier(
        architecture: plain.architecture, weights: plain.weights, head: .softmax, classes: classes)
    }
    let hybrid = architecture(top)
    guard let layer = hybrid.layers.last as? GaussianProcess else {
      preconditionFailure("\(hybrid.text) does not end in a Gaussian process")
    }
    let below = Array(plain.weights.dropLast(2))
    let codes = Network(Architecture(Array(hybrid.layers.dropLast())), below).infer(images)
    let above = ProcessStart.weights(
      of: layer, variance: variance, codes: codes, seed: seed.forked("process"))
    return Classifier(
      architecture: hybrid, weights: below + above, head: .softmax, classes: classes)
  }

  /// What its training makes smaller.
  package func objective(trainingOn images: Int) -> any Objective {
    top == .softmax ? CleanObjective() : EvidenceBoundObjective(total: images)
  }
}
