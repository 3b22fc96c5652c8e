import Attacks
import Contract
import Kernels
import Models

/// What an attack made of some images, as the judge sees it.
package struct CraftedImages: Sendable {
  /// The victim's answers on the images as they are, and on what became of them.
  package let clean: Evaluation
  package let attacked: Evaluation
  /// For each image whether the attacker's goal was met, or nil where it has nothing to do with it.
  package let isMet: [Bool?]
  /// How far each image moved.
  package let distances: [Distances]
  /// The first images as the attack leaves them, `[n, features]`.
  package let kept: [Tensor]

  /// How far an image moved, in the norms of the literature.
  package struct Distances: Hashable, Sendable {
    /// How many values differ.
    package let l0: Int
    /// The sum of all moves.
    package let l1: Double
    /// The Euclidean length.
    package let l2: Double
    /// The largest move.
    package let linf: Double
  }

  /// The images whose goal was met, and those where it could be.
  package var successes: (hits: Int, total: Int) {
    (isMet.count { $0 == true }, isMet.count { $0 != nil })
  }

  /// The mean of a distance over the images whose goal was met; nil without any.
  package func mean(_ distance: (Distances) -> Double) -> Double? {
    Average.of(zip(isMet, distances).filter { $0.0 == true }.map { distance($0.1) })
  }
}

extension Evaluator {
  /// Attacks all images that the goal applies to and judges what becomes of all; the others stay as they
  /// are, and the first `count` are handed on.
  package func craftedImages(
    against classifier: some Victim, by attack: some Attack, criterion: any Criterion, seed: Seed,
    keeping count: Int, progress: (Int) -> Void = { _ in }
  ) throws(StageFailure) -> CraftedImages {
    try requireImages()
    let clean = evaluate(classifier)
    try FiniteAnswers.require(clean.answers, of: "a classifier")
    var (named, met) = ([Classifier.Answer](), [Bool?]())
    var (distances, kept) = ([CraftedImages.Distances](), [Tensor]())
    for range in batches {
      let x = pixels(range)
      let aims = labels[range].map { Aim(label: $0, criterion) }
      let proposed = attack.perturb(x, rows: range, aims: aims, against: classifier, seed: seed)
      let (image, answers) = try judged(
        proposed.restoringRows(aims.indices.filter { !aims[$0].isPossible }, of: x), around: x,
        by: attack, asking: classifier)
      named += answers
      met += zip(aims, answers).map { $0.isPossible ? $0.isMet(by: $1) : nil }
      distances += CraftedImages.distances(image - x)
      if range.lowerBound < count {
        kept.append(image.rows(0..<min(range.count, count - range.lowerBound)))
      }
      progress(range.upperBound)
    }
    return CraftedImages(
      clean: clean, attacked: Evaluation(labels: labels, answers: named), isMet: met,
      distances: distances, kept: kept)
  }
}

extension CraftedImages {
  /// The norms of each row, summed in double precision in the order of the values.
  static func distances(_ moved: Tensor) -> [Distances] {
    let (values, width) = (moved.values, moved.shape[1])
    return stride(from: 0, to: values.count, by: width).map { start in
      var (l0, l1, squares, linf) = (0, 0.0, 0.0, 0.0)
      for value in values[start..<start + width] where value != 0 {
        let size = Double(value.magnitude)
        l0 += 1
        l1 += size
        squares += size * size
        linf = max(linf, size)
      }
      return Distances(l0: l0, l1: l1, l2: squares.squareRoot(), linf: linf)
    }
  }
}

extension Tensor {
  /// The same matrix with some rows as they stand in another of its shape.
  fileprivate func restoringRows(_ rows: [Int], of original: Tensor) -> Tensor {
    guard !rows.isEmpty else { return self }
    let width = shape[1]
    var values = values
    let old = original.values
    for row in rows {
      let range = row * width..<(row + 1) * width
      values.replaceSubrange(range, with: old[range])
    }
    return workspace.tensor(shape, values)
  }
}
