import Contract
import Datasets
import Kernels

/// The maxout network as the spec describes it: sizes, dropout, first weights and head.
package struct MaxoutSettings: NetworkPiece {
  /// The word that names it in the spec.
  package static let kind = "maxout"
  /// What it is.
  package static let summary =
    "two hidden layers of maxout units with dropout (Goodfellow and others 2013, mnist_pi)"

  /// What stands on top.
  private enum Top: String, CaseIterable {
    /// Probabilities that add up to 1.
    case softmax
    /// A probability of its own for each class: the network can say that an input belongs to none.
    case independentSigmoids = "independent-sigmoids"
  }

  private let units: Int
  private let pieces: Int
  private let inputKeep: Double
  private let hiddenKeep: Double
  private let initialRange: Double
  private let top: Top

  /// What captions call it.
  package var title: String {
    "the maxout network" + (top == .softmax ? "" : " with independent sigmoids")
  }
  /// A softmax as in most of the paper, or independent sigmoids as in its appendix A.
  package var head: Classifier.Head { top == .softmax ? .softmax : .independentSigmoids }
  /// All classes.
  package var chosenClasses: [Int]? { nil }
  /// Products of this size do.
  package var keepsCoresBusy: Bool { true }
  /// Its random numbers, and its sigmoids.
  package var readings: [Deviation] {
    let seed = Deviation(
      "maxout: minibatches, dropout and first weights come from our own random numbers",
      because: "the recipe's generator cannot be reproduced; the effect is that of another seed")
    let sigmoids = Deviation(
      "maxout with independent sigmoids: trained from scratch by the recipe of the softmax network",
      because: "the paper does not say whether the network was trained anew")
    return top == .softmax ? [seed] : [seed, sigmoids]
  }

  /// Takes `units` of each of the two hidden layers, `pieces` of a unit, `input-keep` and
  /// `hidden-keep` (the shares that dropout keeps), `initial-range` (weights start uniform in ± this),
  /// and the `head`.
  package init(options: inout OptionReader) throws(OptionError) {
    units = try options.int("units", in: 1...10_000)
    pieces = try options.int("pieces", in: 1...64)
    inputKeep = try options.double("input-keep", in: 0.01...1)
    hiddenKeep = try options.double("hidden-keep", in: 0.01...1)
    initialRange = try options.double("initial-range", in: 0...1)
    top = try options.choice("head", of: Top.self)
  }

  /// Each hidden layer has two steps, its dropout and its maxout units.
  package func steps(upToHiddenLayer layer: Int) -> Int? {
    (1...2).contains(layer) ? 2 * layer : nil
  }

  /// The network for images of any size.
  package func start(
    on images: LabelledImages, classes: [Int], seed: Seed, in workspace: Workspace
  ) -> Classifier {
    let architecture = MaxoutNetwork(
      pixels: images.pixelsPerImage, units: units, pieces: pieces, inputKeep: Float(inputKeep),
      hiddenKeep: Float(hiddenKeep)
    ).architecture(classes: classes.count)
    return Classifier(
      architecture: architecture,
      weights: MaxoutNetwork.initialWeights(
        architecture, range: Float(initialRange), seed: seed, in: workspace),
      head: head, classes: classes)
  }
}
