import Contract
import Datasets
import Kernels

/// Logistic regression of two digits, P(second | x) = σ(wᵀx + b).
///
/// Goodfellow, Shlens & Szegedy 2014, §5 and Figure 2.
///
/// The paper does not say which images it trains on, nor for how long: here all of the two digits, from
/// weights of zero.
package struct LogisticRegression: NetworkPiece {
  /// The word that names it in the spec.
  package static let kind = "logistic-regression"
  /// What it is.
  package static let summary =
    "one unit that tells two digits apart (Goodfellow, Shlens & Szegedy 2014, §5)"

  private let pair: DigitPair

  /// What captions call it.
  package var title: String { "logistic regression, \(pair.text)" }
  /// One logit for the second digit.
  package var head: Classifier.Head { .sigmoid }
  /// The two digits.
  package var chosenClasses: [Int]? { pair.classes }
  /// One unit does not.
  package var keepsCoresBusy: Bool { false }
  /// Its recipe and its images.
  package var readings: [Deviation] {
    [
      Deviation(
        "logistic regression \(pair.text): optimiser, stopping rule and the split into training and test images are ours",
        because:
          "the paper does not state them; its caption gives errors on “these examples”, which"
          + " may be training images, so the table shows both")
    ]
  }

  /// Of these two digits.
  package init(_ pair: DigitPair) { self.pair = pair }

  /// Takes the two digits, `negative` and `positive`.
  package init(options: inout OptionReader) throws(OptionError) {
    pair = try DigitPair(&options)
  }

  /// It has no hidden layer.
  package func steps(upToHiddenLayer layer: Int) -> Int? { nil }

  /// All weights zero.
  package func start(
    on images: LabelledImages, classes: [Int], seed: Seed, in workspace: Workspace
  ) -> Classifier {
    .affineStart(inputs: images.pixelsPerImage, outputs: 1, head: head, classes, workspace)
  }
}
