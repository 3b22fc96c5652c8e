import Attacks
import Contract
import Datasets
import Kernels
import Models

/// What became of one image on its way to one class.
struct Transformed: Hashable, Sendable {
  /// The position of the image among those attacked.
  let image: Int
  /// The true class.
  let source: Int
  let target: Int
  /// ‖x* − x‖, pixels in 0…1.
  let distance: Float
  /// How far the reconstruction of x* lies from the nearest of a gallery of clean ones.
  let strangeness: Float
  /// The class that is read off the code of x*.
  let before: Int
  /// The class that is read after reconstruction feedback.
  let after: Int
}

/// The attack of each image towards each class but its own.
struct Transformation {
  let kind: GenerativeAttackKind
  let optimisation: L2Optimisation
  let reader: LatentReader
  let targets: AttackTargets
  /// Clean reconstructions, by which those of adversarial images are measured.
  let gallery: ReconstructionGallery
  let context: StageContext

  /// Attacks that are computed at once; without influence on any of them.
  private static let batch = 256

  /// The attacks of these images in order, each towards all other classes in order.
  ///
  /// What is finished is left in the checkpoint, part by part.
  func run(_ images: LabelledImages, labels: [Int], name: String) throws -> [Transformed] {
    let classes = reader.classifier.classes.count
    let pairs = labels.indices.flatMap { image in
      (0..<classes).filter { $0 != labels[image] }.map { (image: image, target: $0) }
    }
    let checkpoint = context.checkpoint.part(name)
    var done = checkpoint.load().flatMap { Self.outcomes($0, pairs, labels) } ?? []
    while done.count < pairs.count {
      let part = Array(pairs[done.count..<min(done.count + Self.batch, pairs.count)])
      let x = UnitRange().encode(images, rows: part.map(\.image), in: context.workspace)
      let found = try crafted(x, towards: part.map(\.target))
      let lengths = (found - x).rowSumsOfSquares().map { $0.squareRoot() }
      let strangeness = gallery.nearest(to: reader.model.reconstruct(found))
      let (before, after) = (reader.labels(found, passes: 0), reader.labels(found, passes: 1))
      done += part.enumerated().map { row, pair in
        Transformed(
          image: pair.image, source: labels[pair.image], target: pair.target,
          distance: lengths[row], strangeness: strangeness[row], before: before[row],
          after: after[row])
      }
      context.progress(Progress(done.count, of: pairs.count, unit: "attacks", detail: name))
      let snapshot = done
      checkpoint.save { Self.bundle(snapshot) }
    }
    return done
  }

  /// What each row becomes on its way to a class.
  func crafted(_ x: Tensor, towards labels: [Int]) throws(StageFailure) -> Tensor {
    try optimisation.judged(x, by: kind.attack(reader, targets, towards: labels))
  }

  private static func bundle(_ done: [Transformed]) -> TensorBundle {
    let labels = done.flatMap { [Int32($0.before), Int32($0.after)] }
    return TensorBundle([
      "labels": NumericArray(shape: [done.count, 2], .int32(labels)),
      "distances": NumericArray(
        shape: [done.count, 2], .float32(done.flatMap { [$0.distance, $0.strangeness] })),
    ])
  }

  private static func outcomes(
    _ bundle: TensorBundle, _ pairs: [(image: Int, target: Int)], _ sources: [Int]
  ) -> [Transformed]? {
    guard let labels = bundle.arrays["labels"]?.integers,
      let distances = bundle.arrays["distances"]?.floats, labels.count == distances.count,
      labels.count <= 2 * pairs.count
    else { return nil }
    return (0..<labels.count / 2).map { i in
      Transformed(
        image: pairs[i].image, source: sources[pairs[i].image], target: pairs[i].target,
        distance: distances[2 * i], strangeness: distances[2 * i + 1], before: Int(labels[2 * i]),
        after: Int(labels[2 * i + 1]))
    }
  }
}
