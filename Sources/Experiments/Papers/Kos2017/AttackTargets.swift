import Attacks
import Contract
import Datasets
import Kernels
import Models

/// What images of each class are turned into: the code and the reconstruction of one image, and the
/// mean code of the class.
///
/// Kos, Fischer & Song 2017, §4.2 and §4.3. The paper does not say which images were targets; here it
/// is the first validation image of a class that is read rightly after reconstruction. Class means are
/// over training images.
package struct AttackTargets: Sendable {
  /// The target image of each class, `[classes, pixels]`.
  package let images: Tensor
  /// Its code, `[classes, latent]`.
  package let codes: Tensor
  /// Its reconstruction, `[classes, pixels]`.
  package let reconstructions: Tensor
  /// The mean code of each class, `[classes, latent]`.
  package let means: Tensor

  /// The most training images that go into a mean.
  private static let mostForMeans = 10_000

  /// Targets from a data set.
  package init(_ digits: DigitImages, _ reader: LatentReader, in workspace: Workspace)
    throws(StageFailure)
  {
    let model = reader.model
    let candidates = digits.validation.count > 0 ? digits.validation : digits.train
    var chosen: [Int] = []
    for label in reader.classifier.classes.indices {
      let found = candidates.labels.indices.first {
        guard reader.classifier.classes[label] == Int(candidates.labels[$0]) else { return false }
        let x = UnitRange().encode(candidates, rows: [$0], in: workspace)
        return reader.labels(x, passes: 1) == [label]
      }
      guard let found else {
        throw StageFailure(
          .data,
          "no validation image of class \(reader.classifier.classes[label]) is read rightly after"
            + " reconstruction, so there is no target")
      }
      chosen.append(found)
    }
    images = UnitRange().encode(candidates, rows: chosen, in: workspace)
    codes = model.code(images)
    reconstructions = model.decode(codes)
    means = Self.means(
      of: digits.train.subset(0..<min(Self.mostForMeans, digits.train.count)), reader, workspace)
  }

  private static func means(
    of images: LabelledImages, _ reader: LatentReader, _ workspace: Workspace
  ) -> Tensor {
    let (classes, latent) = (reader.classifier.classes, reader.model.latent)
    var sums = [Double](repeating: 0, count: classes.count * latent)
    var counts = [Int](repeating: 0, count: classes.count)
    for first in stride(from: 0, to: images.count, by: 500) {
      let rows = Array(first..<min(first + 500, images.count))
      let codes = reader.model.code(UnitRange().encode(images, rows: rows, in: workspace)).values
      for (i, row) in rows.enumerated() {
        guard let label = classes.firstIndex(of: Int(images.labels[row])) else { continue }
        counts[label] += 1
        for j in 0..<latent { sums[label * latent + j] += Double(codes[i * latent + j]) }
      }
    }
    return workspace.tensor(
      [classes.count, latent],
      sums.enumerated().map { Float($1 / Double(max(1, counts[$0 / latent]))) })
  }
}

/// The attacks of Kos, Fischer & Song 2017, §4, by the words that name them in the spec.
enum GenerativeAttackKind: String, CaseIterable, Sendable {
  /// Towards a class, by the classifier of codes.
  case classifier
  /// Towards the reconstruction of an image.
  case lVAE = "l-vae"
  /// Towards the code of an image.
  case latent
  /// Towards the mean code of a class.
  case latentMean = "latent-mean"

  /// The attack of a batch of images on their way to these classes, by position.
  func attack(
    _ reader: LatentReader, _ targets: AttackTargets, towards labels: [Int]
  ) -> any GenerativeAttack {
    switch self {
    case .classifier: ClassifierAttack(victim: reader.composite, targets: labels)
    case .lVAE:
      LVAEAttack(
        model: reader.model, reconstructions: targets.reconstructions.gathered(rows: labels))
    case .latent:
      LatentAttack(
        encoder: reader.model.meanEncoder, codes: targets.codes.gathered(rows: labels))
    case .latentMean:
      LatentAttack(
        encoder: reader.model.meanEncoder, codes: targets.means.gathered(rows: labels))
    }
  }

  /// Millions of multiply-adds for the loss of one image and its gradient: each network once there
  /// and once back.
  func cost(_ reader: LatentReader) -> Double {
    let (encoder, decoder) = (reader.model.encoder, reader.model.decoder)
    let networks =
      switch self {
      case .classifier:
        [reader.model.meanEncoder.architecture, reader.classifier.architecture]
      case .lVAE: [encoder.architecture, decoder.architecture]
      case .latent, .latentMean: [reader.model.meanEncoder.architecture]
      }
    return networks.reduce(0.0) { $0 + 2 * Double($1.multiplyAdds) } / 1e6
  }
}
