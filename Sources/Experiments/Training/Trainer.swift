import Contract
import Datasets
import Kernels
import Measures
import Models

/// Trains a classifier by minibatch gradient descent, epoch by epoch.
///
/// Everything random is addressed by the epoch, the step and the layer, so a training that goes on
/// from a checkpoint gives the same bits as one that was never interrupted.
package struct Trainer: Sendable {
  /// One epoch's line of the training curve.
  package struct Epoch: Hashable, Sendable {
    /// The epoch, from 1.
    package let number: Int
    /// Wrong answers after it, one number for each watch.
    package let errors: [Int]
    /// The mean training loss over its steps, dropout included.
    package let loss: Double
  }

  /// Where a training stands; enough to go on from.
  package struct State: Sendable {
    package var classifier: Classifier
    package var optimizer: any Optimizer
    package var rate: Double
    /// The best epoch by each watch.
    package var bests: [BestSoFar]
    package var curve: [Epoch] = []

    package init(
      classifier: Classifier, optimizer: any Optimizer, rate: Double, bests: [BestSoFar],
      curve: [Epoch] = []
    ) {
      self.classifier = classifier
      self.optimizer = optimizer
      self.rate = rate
      self.bests = bests
      self.curve = curve
    }
    package var epoch: Int { curve.count }
    /// The best epoch by the first watch.
    package var best: BestSoFar { bests[0] }
  }

  package let recipe: TrainingRecipe
  package let objective: any Objective
  package let images: LabelledImages
  package let labels: [Int]
  package let watches: [Watch]
  package let encoding: any Encoding
  package let seed: Seed
  package let workspace: Workspace

  /// Trains on images, watching the errors on others; nil for `watches` is the clean error alone.
  package init(
    _ recipe: TrainingRecipe, _ objective: any Objective = CleanObjective(),
    on images: LabelledImages, validation: Evaluator, watches: [Watch]? = nil, classes: [Int],
    seed: Seed, workspace: Workspace
  ) {
    self.recipe = recipe
    self.objective = objective
    self.images = images
    labels = images.positions(among: classes)
    self.watches = watches ?? [.clean(validation)]
    encoding = validation.encoding
    self.seed = seed
    self.workspace = workspace
  }

  /// A state before the first epoch.
  package func start(_ classifier: Classifier) -> State {
    State(
      classifier: classifier, optimizer: recipe.optimizer(for: classifier.weights),
      rate: recipe.learningRate, bests: watches.map { _ in BestSoFar() })
  }

  /// Trains until every watch has seen no better epoch for `patience` epochs, or `maximumEpochs`
  /// are done; without watches, to the end.
  package func run(_ context: StageContext, from classifier: Classifier) throws(StageFailure)
    -> State
  {
    guard images.count > 0, watches.allSatisfy({ $0.count > 0 }) else {
      throw StageFailure(
        .data,
        "training needs images, and others to tell when to stop; found \(images.count) for training"
          + " and \(watches.map(\.count).min() ?? 0) for validation")
    }
    var state =
      context.checkpoint.load().flatMap { State($0, for: classifier, recipe, watches.count) }
      ?? start(classifier)
    while state.epoch < recipe.maximumEpochs, !isSettled(state) {
      try trainEpoch(&state, momentum: recipe.momentum(epoch: state.epoch + 1))
      // The end as it stands now: each lower error moves it.
      let end = state.bests.map(\.epoch).max().map {
        min(recipe.maximumEpochs, $0 + recipe.patience(after: $0))
      }
      context.progress(
        Progress(
          state.epoch, of: max(end ?? recipe.maximumEpochs, state.epoch), unit: "epochs",
          detail: detail(state)))
      let snapshot = state
      context.checkpoint.save { snapshot.bundle }
    }
    return state
  }

  /// One pass over the images in a new order.
  package func trainEpoch(_ state: inout State, momentum: Double) throws(StageFailure) {
    let number = state.epoch + 1
    let epochSeed = seed.forked("epoch").forked(number)
    let order = epochSeed.forked("order").permutation(of: images.count)
    let network = state.classifier.architecture.network
    let head = state.classifier.head
    var weights = state.classifier.weights
    var (total, steps) = (0.0, 0)
    for first in stride(from: 0, to: order.count, by: recipe.batch) {
      let rows = Array(order[first..<min(first + recipe.batch, order.count)])
      let batch = Batch(
        x: encoding.encode(images, rows: rows, in: workspace), labels: rows.map { labels[$0] },
        dropout: epochSeed.forked("dropout").forked(steps),
        noise: epochSeed.forked("noise").forked(steps))
      let (losses, gradients) = objective.gradients(network, weights, head, on: batch)
      state.optimizer.step(
        &weights, gradients: gradients, rate: Float(state.rate), momentum: Float(momentum))
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
    state.rate = recipe.next(state.rate, afterEpochs: number)
    state.classifier = state.classifier.with(weights)
    var errors: [Int] = []
    for watch in watches { errors.append(try watch.errors(state.classifier)) }
    state.curve.append(Epoch(number: number, errors: errors, loss: total / Double(steps)))
    for i in watches.indices
    where !isSettled(state.bests[i], after: number - 1) {
      state.bests[i].consider(epoch: number, errors: errors[i], weights: weights)
    }
  }

  private func isSettled(_ state: State) -> Bool {
    !watches.isEmpty
      && state.bests.allSatisfy { isSettled($0, after: state.epoch) }
  }

  private func isSettled(_ best: BestSoFar, after epochs: Int) -> Bool {
    best.isSettled(after: epochs, patience: recipe.patience(after: best.epoch))
  }

  private func detail(_ state: State) -> String {
    zip(watches, state.curve[state.epoch - 1].errors).map { watch, errors in
      let percent = (Double(errors) / Double(watch.count) * 10_000).rounded() / 100
      return "\(watch.title) \(percent) %"
    }.joined(separator: ", ")
  }
}
