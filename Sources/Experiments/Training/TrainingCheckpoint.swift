import Contract
import Kernels
import Models

/// A training's state as one artifact, exact to the bit.
extension Trainer.State {
  /// Weights, the optimiser's state, the best weights of each watch, and the curve.
  package var bundle: TensorBundle {
    var bundle = TensorBundle([:])
    bundle.add("weights", classifier.weights)
    bundle.add("optimizer", optimizer.state)
    for (i, best) in bests.enumerated() { bundle.add("best.\(i)", best.weights) }
    bundle.arrays["errors"] = NumericArray(
      shape: [curve.count, bests.count], .int32(curve.flatMap(\.errors).map { Int32($0) }))
    func joined(_ values: [some CustomStringConvertible]) -> String {
      values.map(\.description).joined(separator: " ")
    }
    bundle.metadata = [
      "rate": "\(rate.bitPattern)", "best-epochs": joined(bests.map(\.epoch)),
      "best-errors": joined(bests.map(\.errors)),
      "losses": joined(curve.map(\.loss.bitPattern)),
    ]
    return bundle
  }

  /// Goes on from a checkpoint; nil if it does not fit, which only costs time.
  package init?(
    _ bundle: TensorBundle, for classifier: Classifier, _ recipe: TrainingRecipe, _ watches: Int
  ) {
    func numbers<Number: LosslessStringConvertible>(_ name: String) -> [Number] {
      (bundle.metadata[name] ?? "").split(separator: " ").compactMap { Number(String($0)) }
    }
    let (epochs, lowest): ([Int], [Int]) = (numbers("best-epochs"), numbers("best-errors"))
    let losses: [UInt64] = numbers("losses")
    let errors = bundle.arrays["errors"]?.integers?.map { Int($0) } ?? []
    guard let rate = bundle.metadata["rate"].flatMap(UInt64.init),
      epochs.count == watches, lowest.count == watches, errors.count == losses.count * watches,
      let weights = bundle.tensors("weights", like: classifier.weights),
      let memory = bundle.tensors("optimizer", like: recipe.optimizer(for: weights).state)
    else { return nil }
    var bests: [BestSoFar] = []
    for i in 0..<watches {
      guard let best = bundle.tensors("best.\(i)", like: classifier.weights) else { return nil }
      bests.append(BestSoFar(epoch: epochs[i], errors: lowest[i], weights: best))
    }
    self.classifier = classifier.with(weights)
    optimizer = recipe.optimizer(for: weights, state: memory)
    self.rate = Double(bitPattern: rate)
    self.bests = bests
    curve = losses.enumerated().map { i, loss in
      Trainer.Epoch(
        number: i + 1, errors: Array(errors[i * watches..<(i + 1) * watches]),
        loss: Double(bitPattern: loss))
    }
  }
}
