import Contract
import Datasets
import Kernels

/// A shallow RBF network with one unit a class, p(y = k | x) = exp(−Σⱼ sₖⱼ²·(xⱼ − μₖⱼ)²).
///
/// Goodfellow, Shlens & Szegedy 2014, §7.
///
/// The paper prints p(y = 1 | x) = exp((x − μ)ᵀβ(x − μ)) and says neither how many units there are nor
/// what β looks like; with no minus sign, β must be negative definite. Here β = −diag(s²), one a class.
/// The classes are not normalised together: a confidence of 1.2 % is out of reach for the largest of
/// ten numbers that add up to 1.
package struct RBFNetwork: NetworkPiece {
  /// The word that names it in the spec.
  package static let kind = "rbf"
  /// What it is.
  package static let summary =
    "the shallow RBF network, a unit a class (Goodfellow, Shlens & Szegedy 2014, §7)"

  /// What captions call it.
  package var title: String { "the RBF network" }
  /// A probability of its own for each class.
  package var head: Classifier.Head { .exponential }
  /// All classes.
  package var chosenClasses: [Int]? { nil }
  /// One layer does not.
  package var keepsCoresBusy: Bool { false }
  /// Its units, its start and its loss.
  package var readings: [Deviation] {
    [
      Deviation(
        "RBF network: one unit a class, a diagonal β of its own for each, and a start at the mean"
          + " images of the classes",
        because: "the paper states neither the number of units nor the form of β nor the start;"
          + " more units or a full β would lower the clean error"),
      Deviation(
        "RBF network: trained with the cross-entropy of each class's own yes or no; optimiser and"
          + " stopping rule are ours",
        because: "the paper states no loss; its confidence of 1.2 % on mistakes excludes classes"
          + " that are normalised together. FGSM climbs the same loss. The rate is that of the lowest"
          + " clean validation error; at nearly the same clean error the error under attack"
          + " depends much on it"),
    ]
  }

  /// The RBF network.
  package init() {}

  /// Takes no options.
  package init(options: inout OptionReader) throws(OptionError) {}

  /// Its only layer gives the logits.
  package func steps(upToHiddenLayer layer: Int) -> Int? { nil }

  /// The centres are the mean images of the classes, and the scale is the same for all pixels and such
  /// that the mean image of a class's squared distance is 1.
  package func start(
    on images: LabelledImages, classes: [Int], seed: Seed, in workspace: Workspace
  ) throws(StageFailure) -> Classifier {
    let pixels = images.pixelsPerImage
    var (scales, centres) = ([Float](), [Float]())
    for digit in classes {
      let own = images.subset(images.indices(ofClasses: [UInt8(digit)]))
      guard own.count > 0 else {
        throw StageFailure(
          .data, "no training image shows a \(digit), so its unit has nowhere to start from")
      }
      let (mean, squaredDistance) = Self.spread(own)
      let scale = 1 / max(squaredDistance, 1e-6).squareRoot()
      scales += Array(repeating: Float(scale), count: pixels)
      centres += mean.map { Float($0) }
    }
    let shape = [classes.count, pixels]
    return Classifier(
      architecture: Architecture([RadialBasis(inputs: pixels, outputs: classes.count)]),
      weights: [workspace.tensor(shape, scales), workspace.tensor(shape, centres)],
      head: head, classes: classes)
  }

  /// The mean image, in 0…1, and the mean squared distance from it.
  ///
  /// Sums of bytes and of their squares are whole numbers, so no order of adding matters.
  private static func spread(_ images: LabelledImages) -> (mean: [Double], Double) {
    let (pixels, n) = (images.pixelsPerImage, Double(images.count))
    var (sums, squares) = ([Int](repeating: 0, count: pixels), 0)
    for i in 0..<images.count {
      for (j, byte) in images.image(i).enumerated() {
        sums[j] += Int(byte)
        squares += Int(byte) * Int(byte)
      }
    }
    let mean = sums.map { Double($0) / n / 255 }
    let ofMean = mean.reduce(0.0) { $0 + $1 * $1 }
    return (mean, Double(squares) / n / (255 * 255) - ofMean)
  }
}
