import Contract
import Datasets
import Kernels
import Models

/// Trains the networks of a generative model together, epoch by epoch.
///
/// Everything random is addressed by the epoch and the step, so a training that goes on from a
/// checkpoint gives the same bits as one that was never interrupted.
package struct GenerativeTrainer<Objective: GenerativeObjective>: Sendable {
  /// Where a training stands; enough to go on from.
  package struct State: Sendable {
    package var networks: [Network]
    package var optimizers: [Adam]
    /// The measures of each epoch, means over its steps.
    package var curve: [[Double]] = []

    package init(networks: [Network], optimizers: [Adam], curve: [[Double]] = []) {
      self.networks = networks
      self.optimizers = optimizers
      self.curve = curve
    }
  }

  package init(
    objective: Objective, recipe: GenerativeRecipe, images: LabelledImages, seed: Seed,
    workspace: Workspace
  ) {
    self.objective = objective
    self.recipe = recipe
    self.images = images
    self.seed = seed
    self.workspace = workspace
  }

  package let objective: Objective
  package let recipe: GenerativeRecipe
  package let images: LabelledImages
  package let seed: Seed
  package let workspace: Workspace

  /// A state before the first epoch.
  package func start(_ networks: [Network]) -> State {
    State(
      networks: networks,
      optimizers: networks.map { Adam(weights: $0.weights, beta1: Float(recipe.firstDecay)) })
  }

  /// Trains to the end, or throws when the model breaks down.
  package func run(_ context: StageContext, from networks: [Network]) throws(StageFailure) -> State
  {
    guard images.count > 0 else {
      throw StageFailure(.data, "training needs images, and the data set has none")
    }
    var state =
      context.checkpoint.load().flatMap {
        State($0, for: start(networks), Objective.measures.count)
      }
      ?? start(networks)
    while state.curve.count < recipe.epochs {
      try trainEpoch(&state)
      context.progress(
        Progress(
          state.curve.count, of: recipe.epochs, unit: "epochs", detail: detail(state.curve.last)))
      let snapshot = state
      context.checkpoint.save { snapshot.bundle }
    }
    return state
  }

  /// One pass over the images in a new order.
  private func trainEpoch(_ state: inout State) throws(StageFailure) {
    let number = state.curve.count + 1
    let epochSeed = seed.forked("epoch").forked(number)
    let order = epochSeed.forked("order").permutation(of: images.count)
    let architectures = state.networks.map(\.architecture)
    var weights = state.networks.map(\.weights)
    var (totals, steps) = ([Double](repeating: 0, count: Objective.measures.count), 0)
    for first in stride(from: 0, to: order.count, by: recipe.batch) {
      let rows = Array(order[first..<min(first + recipe.batch, order.count)])
      let (measures, gradients) = objective.step(
        zip(architectures, weights).map { Network($0, $1) },
        on: UnitRange().encode(images, rows: rows, in: workspace),
        seed: epochSeed.forked("step").forked(steps))
      for i in weights.indices {
        state.optimizers[i].step(
          &weights[i], gradients: gradients[i], learningRate: Float(recipe.learningRate))
      }
      for i in totals.indices { totals[i] += measures[i] }
      steps += 1
    }
    let means = totals.map { $0 / Double(steps) }
    try GenerativeHealth.requireFinite(means, weights, epoch: number)
    if let place = Objective.measures.firstIndex(of: .divergence) {
      try GenerativeHealth.requireBounded(divergence: means[place], epoch: number)
    }
    state.networks = zip(architectures, weights).map { Network($0, $1) }
    state.curve.append(means)
  }

  private func detail(_ means: [Double]?) -> String {
    zip(Objective.measures, means ?? []).map { measure, value in
      "\(measure.title) \((value * 100).rounded() / 100)"
    }.joined(separator: ", ")
  }
}
