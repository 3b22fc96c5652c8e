import Kernels

/// A training's state as one artifact, exact to the bit.
extension Trainer.State {
  /// Weights, velocities, the best weights, and the curve.
  var bundle: TensorBundle {
    var arrays: [String: NumericArray] = [:]
    func add(_ prefix: String, _ tensors: [Tensor]) {
      for (i, tensor) in tensors.enumerated() {
        arrays["\(prefix).\(i)"] = NumericArray(shape: tensor.shape, .float32(tensor.values))
      }
    }
    add("weights", classifier.weights)
    add("velocity", optimizer.velocity)
    add("best", best.weights)
    arrays["errors"] = NumericArray(shape: [curve.count], .int32(curve.map { Int32($0.errors) }))
    return TensorBundle(
      arrays,
      metadata: [
        "rate": "\(rate.bitPattern)", "best-epoch": "\(best.epoch)",
        "best-errors": "\(best.errors)",
        "losses": curve.map { "\($0.loss.bitPattern)" }.joined(separator: " "),
      ])
  }

  /// Goes on from a checkpoint; nil if it does not fit, which only costs time.
  init?(_ bundle: TensorBundle, for classifier: Classifier, _ recipe: TrainingRecipe) {
    guard let workspace = classifier.weights.first?.workspace,
      let rate = bundle.metadata["rate"].flatMap(UInt64.init),
      let bestEpoch = bundle.metadata["best-epoch"].flatMap({ Int($0) }),
      let bestErrors = bundle.metadata["best-errors"].flatMap({ Int($0) }),
      let errors = bundle.arrays["errors"]?.integers
    else { return nil }
    func tensors(_ prefix: String) -> [Tensor]? {
      var tensors: [Tensor] = []
      for (i, weight) in classifier.weights.enumerated() {
        guard let array = bundle.arrays["\(prefix).\(i)"], array.shape == weight.shape,
          let values = array.floats
        else { return nil }
        tensors.append(workspace.tensor(array.shape, values))
      }
      return tensors
    }
    let losses = (bundle.metadata["losses"] ?? "").split(separator: " ").compactMap { UInt64($0) }
    guard let weights = tensors("weights"), let velocity = tensors("velocity"),
      let best = tensors("best"), losses.count == errors.count
    else { return nil }
    self.classifier = Classifier(
      architecture: classifier.architecture, weights: weights, head: classifier.head,
      classes: classifier.classes)
    optimizer = SGD(
      weights: weights, columnNormCap: recipe.normCap.map { Float($0) }, velocity: velocity)
    self.rate = Double(bitPattern: rate)
    self.best = BestSoFar(epoch: bestEpoch, errors: bestErrors, weights: best)
    curve = zip(errors, losses).enumerated().map { i, pair in
      Trainer.Epoch(
        number: i + 1, errors: Int(pair.0), loss: Double(bitPattern: pair.1))
    }
  }
}
