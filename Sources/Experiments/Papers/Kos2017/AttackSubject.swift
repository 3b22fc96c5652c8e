import Contract
import Datasets
import Kernels
import Measures
import Models

/// What every table of attacks on an autoencoder starts from: images, model, reader and targets.
package struct AttackSubject {
  package let digits: DigitImages
  package let reader: LatentReader
  package let targets: AttackTargets
  private let context: StageContext

  /// The slots that give it.
  package static let inputs = [
    InputSlot("data", artifacts: ["digits"]), InputSlot("model", artifacts: ["weights"]),
    InputSlot("classifier", artifacts: ["weights"]),
  ]

  /// Reads the slots `data`, `model` and `classifier`.
  package init(_ context: StageContext) throws(StageFailure) {
    let workspace = context.workspace
    digits = try context.input("data").digits()
    reader = LatentReader(
      model: try context.input("model").autoencoder(in: workspace),
      classifier: try context.input("classifier").classifier(in: workspace))
    guard reader.model.latent == reader.classifier.weights[0].shape[1] else {
      throw StageFailure(
        .data,
        "the classifier reads codes of \(reader.classifier.weights[0].shape[1]) numbers, and the model"
          + " makes codes of \(reader.model.latent)")
    }
    targets = try AttackTargets(digits, reader, in: workspace)
    self.context = context
  }

  /// `vae` or `vae-gan`.
  package var model: String {
    get throws { try context.input("model").tensors("weights").metadata["model"] ?? "unknown" }
  }

  /// Of the first `count` images, those that are read rightly after reconstruction, and their labels.
  func attackable(
    _ images: LabelledImages, first count: Int
  ) throws(StageFailure) -> (images: LabelledImages, labels: [Int]) {
    let judge = Evaluator(
      images.subset(0..<min(count, images.count)), for: reader.classifier.classes,
      in: context.workspace)
    var kept: [Int] = []
    for range in judge.batches {
      let read = reader.labels(judge.pixels(range), passes: 1)
      kept += range.filter { read[$0 - range.lowerBound] == judge.labels[$0] }
    }
    guard !kept.isEmpty else {
      throw StageFailure(
        .data, "no image is read rightly after reconstruction, so none can be attacked")
    }
    return (judge.images.subset(kept), kept.map { judge.labels[$0] })
  }

  /// One image of each class, the first of those, in the order of the classes.
  func oneOfEach(
    _ images: LabelledImages, _ labels: [Int]
  ) -> (images: LabelledImages, labels: [Int]) {
    let firsts = reader.classifier.classes.indices.compactMap { labels.firstIndex(of: $0) }
    return (images.subset(firsts), firsts.map { labels[$0] })
  }
}
