import Kernels

/// Trains a classifier by minibatch gradient descent, epoch by epoch.
///
/// Everything random is addressed by the epoch, the step and the layer, so a training that goes on
/// from a checkpoint gives the same bits as one that was never interrupted.
public struct Trainer: Sendable {
  /// One epoch's line of the training curve.
  public struct Epoch: Hashable, Sendable {
    /// The epoch, from 1.
    public let number: Int
    /// Wrong answers on the validation images after it.
    public let errors: Int
    /// The mean training loss over its steps, dropout included.
    public let loss: Double
  }

  /// Where a training stands; enough to go on from.
  struct State: Sendable {
    var classifier: Classifier
    var optimizer: SGD
    var rate: Double
    var best = BestSoFar()
    var curve: [Epoch] = []
    var epoch: Int { curve.count }
  }

  let recipe: TrainingRecipe
  let images: LabelledImages
  let labels: [Int]
  let validation: Evaluator
  let seed: Seed
  let workspace: Workspace

  /// Trains on images, watching the error on others.
  init(
    _ recipe: TrainingRecipe, on images: LabelledImages, validation: Evaluator,
    classes: [Int], seed: Seed, workspace: Workspace
  ) {
    self.recipe = recipe
    self.images = images
    labels = images.labels.map { classes.firstIndex(of: Int($0)) ?? 0 }
    self.validation = validation
    self.seed = seed
    self.workspace = workspace
  }

  /// A state before the first epoch.
  func start(_ classifier: Classifier) -> State {
    State(
      classifier: classifier,
      optimizer: SGD(
        weights: classifier.weights, columnNormCap: recipe.normCap.map { Float($0) }),
      rate: recipe.learningRate)
  }

  /// Trains until no epoch of the last `patience` was better, or `maximumEpochs` are done.
  func run(_ context: StageContext, from classifier: Classifier) throws(StageFailure) -> State {
    guard images.count > 0, validation.images.count > 0 else {
      throw StageFailure(
        .data,
        "training needs images, and others to tell when to stop; found \(images.count) for training"
          + " and \(validation.images.count) for validation")
    }
    var state =
      context.checkpoint.load().flatMap { State($0, for: classifier, recipe) }
      ?? start(classifier)
    while state.epoch < recipe.maximumEpochs,
      state.best.epoch == 0 || state.epoch - state.best.epoch < recipe.patience
    {
      try trainEpoch(&state, momentum: recipe.momentum(epoch: state.epoch + 1))
      // The end as it stands now: each lower error moves it.
      let end = min(recipe.maximumEpochs, state.best.epoch + recipe.patience)
      context.progress(
        Progress(
          state.epoch, of: max(end, state.epoch), unit: "epochs",
          detail: "validation error \(percent(state.curve[state.epoch - 1].errors))"))
      let snapshot = state
      context.checkpoint.save { snapshot.bundle }
    }
    return state
  }

  /// One pass over the images in a new order.
  func trainEpoch(_ state: inout State, momentum: Double) throws(StageFailure) {
    let number = state.epoch + 1
    let epochSeed = seed.forked("epoch").forked(number)
    let order = epochSeed.forked("order").permutation(of: images.count)
    let network = state.classifier.architecture.network
    let head = state.classifier.head
    var weights = state.classifier.weights
    var (total, steps) = (0.0, 0)
    for first in stride(from: 0, to: order.count, by: recipe.batch) {
      let rows = Array(order[first..<min(first + recipe.batch, order.count)])
      let x = gatherPixels(
        images.images, rowLength: images.pixelsPerImage, rows: rows, in: workspace)
      let (losses, gradients) = Classifier.weightGradients(
        network, weights, at: x, mode: .training(epochSeed.forked("dropout").forked(steps))
      ) { logits in
        head.loss(logits, labels: rows.map { labels[$0] }, reduction: .mean)
      }
      state.optimizer.step(
        &weights, gradients: gradients, learningRate: Float(state.rate),
        momentum: Float(momentum))
      state.rate = recipe.next(state.rate)
      total += losses.reduce(0.0) { $0 + Double($1) } / Double(rows.count)
      steps += 1
    }
    // The last step's weights have been in no loss yet.
    guard total.isFinite, weights.allSatisfy(\.isFinite) else {
      throw StageFailure(
        .computation,
        "the training loss or a weight is no longer a finite number in epoch \(number); a smaller"
          + " learning-rate may help")
    }
    state.classifier = Classifier(
      architecture: state.classifier.architecture, weights: weights,
      head: state.classifier.head, classes: state.classifier.classes)
    let errors = validation.evaluate(state.classifier).errors
    state.curve.append(Epoch(number: number, errors: errors, loss: total / Double(steps)))
    state.best.consider(epoch: number, errors: errors, weights: weights)
  }

  private func percent(_ errors: Int) -> String {
    "\((Double(errors) / Double(validation.images.count) * 10_000).rounded() / 100) %"
  }
}

extension Tensor {
  fileprivate var isFinite: Bool { withUnsafeBuffer { $0.allSatisfy(\.isFinite) } }
}
