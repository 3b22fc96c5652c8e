import Contract
import Kernels
import Models

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
  package var method = Method.descent
  package var epochDecay = EpochDecay.none
  /// When it ends.
  package private(set) var ending: Ending

  /// When a training ends.
  package struct Ending: Hashable, Sendable {
    /// Epochs without a lower watched error after which it ends, unless patience grows.
    let patience: Int
    /// Whether it goes on for `patience` epochs in any case, and then until its length has doubled
    /// since the last lower error.
    let grows: Bool
    /// The most epochs.
    let epochs: Int
    /// Whether one that has made them came to its own end, and was not cut short.
    let isWholeThen: Bool
    /// Whether it waits for a lower error, and so has to be watched.
    var needsWatch = false
  }

  /// Reads a recipe and a stopping rule from a stage's options, `recipe` and `stop` with what each takes.
  package init(
    _ options: inout OptionReader, for network: (any NetworkPiece)? = nil
  ) throws(OptionError) {
    let recipe = try options.piece(by: "recipe", of: RecipeCatalogue.recipes)
    let rule = try options.piece(by: "stop", of: StoppingCatalogue.rules)
    self = try recipe.endless(for: network)
    ending = rule.ending
    ending.needsWatch = type(of: rule).needsWatch
  }

  /// Reads the `recipe` alone, for whoever ends the training otherwise.
  package init(endless options: inout OptionReader) throws(OptionError) {
    self = try options.piece(by: "recipe", of: RecipeCatalogue.recipes).endless(for: nil)
  }

  /// Gradient descent with a schedule, of one epoch; a `normCap` of 0 is none.
  package init(
    batch: Int, learningRate: Double, divisor: Double, firstMomentum: Double,
    lastMomentum: Double, momentumEpochs: Int, normCap: Double
  ) {
    self.batch = batch
    self.learningRate = learningRate
    decay = divisor
    self.firstMomentum = firstMomentum
    self.lastMomentum = lastMomentum
    self.momentumEpochs = momentumEpochs
    self.normCap = normCap == 0 ? nil : normCap
    ending = Ending(patience: 1, grows: false, epochs: 1, isWholeThen: true)
  }

  /// A recipe with one rate and one momentum; without `patience` it has no stopping rule.
  package init(
    batch: Int, learningRate: Double, momentum: Double, epochs: Int, patience: Int? = nil
  ) {
    self.init(
      batch: batch, learningRate: learningRate, divisor: 1, firstMomentum: momentum,
      lastMomentum: momentum, momentumEpochs: 1, normCap: 0)
    ending = Ending(
      patience: patience ?? epochs, grows: false, epochs: epochs, isWholeThen: patience == nil)
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

  /// The most epochs.
  package var maximumEpochs: Int { ending.epochs }
  /// Whether its end waits for a lower watched error.
  package var needsWatch: Bool { ending.needsWatch }

  /// Epochs without a lower error that are waited for after one at `best`.
  package func patience(after best: Int) -> Int {
    ending.grows ? max(ending.patience, 2 * best) - best : ending.patience
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
    recipe.ending = Ending(patience: epochs, grows: false, epochs: epochs, isWholeThen: true)
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
