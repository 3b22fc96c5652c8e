import Contract
import Kernels

/// How a classifier is trained, whatever its layers and whatever is minimised.
package struct TrainingRecipe: Hashable, Sendable {
  /// How gradients become new weights.
  package enum Method: Hashable, Sendable {
    /// Gradient descent with momentum and the same cap for all layers.
    case descent
    /// Gradient descent with momentum, and a cap and a factor to the rate for each weight tensor.
    case layeredDescent(normCaps: [Float?], rateFactors: [Float])
    /// Adadelta.
    case adadelta
    /// Adam with its customary numbers.
    case adam
  }

  /// What becomes of the learning rate at the end of an epoch.
  package enum EpochDecay: Hashable, Sendable {
    /// It stays.
    case none
    /// It falls in a straight line from the first rate to this share of it, in so many epochs.
    case linear(to: Double, over: Int)
    /// It is multiplied by this.
    case factor(Double)
  }

  /// Images a step.
  package let batch: Int
  /// The learning rate before the first update.
  package let learningRate: Double
  /// What the rate is divided by after every update.
  package let decay: Double
  /// Momentum in the first epoch.
  package let firstMomentum: Double
  /// Momentum from `momentumEpochs` on, rising linearly until then.
  package let lastMomentum: Double
  /// The epoch in which momentum has risen to its last value.
  package let momentumEpochs: Int
  /// The largest norm of a unit's incoming weights, enforced after every update; nil for none.
  package let normCap: Double?
  /// Epochs without a lower validation error after which training stops, unless patience grows.
  package let patience: Int
  /// The most epochs.
  package private(set) var maximumEpochs: Int
  package var method = Method.descent
  package var epochDecay = EpochDecay.none
  /// Whether training goes on for `patience` epochs in any case, and then until its length has doubled
  /// since the last lower validation error.
  package var growsPatience = false

  /// Reads a recipe from a stage's options.
  package init(_ options: inout OptionReader) throws(OptionError) {
    batch = try options.int("batch", in: 1...10_000)
    learningRate = try options.double("learning-rate", in: 1e-6...100)
    decay = try options.double("learning-rate-divisor", in: 1...2)
    firstMomentum = try options.double("first-momentum", in: 0...0.999)
    lastMomentum = try options.double("last-momentum", in: 0...0.999)
    momentumEpochs = try options.int("momentum-epochs", in: 1...10_000)
    let cap = try options.double("norm-cap", in: 0...1000)
    normCap = cap == 0 ? nil : cap
    patience = try options.int("patience", in: 1...10_000)
    maximumEpochs = try options.int("maximum-epochs", in: 1...10_000)
  }

  /// A recipe with one rate and one momentum; without `patience` it has no stopping rule.
  package init(
    batch: Int, learningRate: Double, momentum: Double, epochs: Int, patience: Int? = nil
  ) {
    self.batch = batch
    self.learningRate = learningRate
    decay = 1
    firstMomentum = momentum
    lastMomentum = momentum
    momentumEpochs = 1
    normCap = nil
    self.patience = patience ?? epochs
    maximumEpochs = epochs
  }

  /// The learning rate after so many updates, never below 1e-6.
  ///
  /// Divided step by step, as the recipe does: an exponential would have to come from a library
  /// that differs between machines.
  package func learningRate(after updates: Int) -> Double {
    (0..<updates).reduce(learningRate) { rate, _ in next(rate) }
  }

  /// The rate of the next update.
  package func next(_ rate: Double) -> Double { max(rate / decay, 1e-6) }

  /// The rate of the epoch after this many.
  package func next(_ rate: Double, afterEpochs epochs: Int) -> Double {
    switch epochDecay {
    case .none: return rate
    case .linear(let share, let span):
      let passed = min(Double(epochs) / Double(span), 1)
      return learningRate * (1 - (1 - share) * passed)
    case .factor(let factor): return rate * factor
    }
  }

  /// Epochs without a lower error that are waited for after one at `best`.
  package func patience(after best: Int) -> Int {
    growsPatience ? max(patience, 2 * best) - best : patience
  }

  /// The momentum of an epoch, counted from 1.
  package func momentum(epoch: Int) -> Double {
    guard momentumEpochs > 1 else { return lastMomentum }
    let share = Double(min(epoch, momentumEpochs) - 1) / Double(momentumEpochs - 1)
    return firstMomentum + (lastMomentum - firstMomentum) * share
  }

  /// The same recipe for exactly so many epochs, if nobody watches.
  package func lasting(_ epochs: Int) -> TrainingRecipe {
    var recipe = self
    recipe.maximumEpochs = epochs
    return recipe
  }

  /// An optimiser for these weights, at its start or with the state of a checkpoint.
  package func optimizer(for weights: [Tensor], state: [Tensor]? = nil) -> any Optimizer {
    switch method {
    case .descent:
      SGD(weights: weights, columnNormCap: normCap.map { Float($0) }, velocity: state)
    case .layeredDescent(let caps, let factors):
      SGD(weights: weights, normCaps: caps, rateFactors: factors, velocity: state)
    case .adadelta:
      Adadelta(
        weights: weights, squares: state.map { Array($0.prefix(weights.count)) },
        steps: state.map { Array($0.dropFirst(weights.count)) })
    case .adam:
      state.map {
        Adam(
          first: Array($0.prefix(weights.count)),
          second: Array($0.dropFirst(weights.count).prefix(weights.count)),
          steps: Int($0.last?.values.first ?? 0))
      } ?? Adam(weights: weights)
    }
  }
}
