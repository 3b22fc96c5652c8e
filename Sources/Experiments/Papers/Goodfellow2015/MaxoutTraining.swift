import Kernels

/// Trains the maxout network by the recipe of Goodfellow and others 2013, which the paper on
/// adversarial examples builds on (§4, §6).
///
/// Stage 1 trains on the training part until the validation error stops falling and keeps the best
/// weights. Stage 2 (`continue-epochs` above 0) goes on from them on training and validation images
/// together, with the rate and momentum of the best epoch, until the loss on the validation part has
/// fallen to what the loss on the training part was at the end of stage 1.
public struct MaxoutTraining: Stage {
  /// The word that names this kind of stage in the spec.
  public static let kind = "train-maxout"
  /// One sentence for `help` and for the report.
  public static let summary =
    "Trains the maxout network by its 2013 recipe (Goodfellow, Shlens & Szegedy 2014, section 4)."
  /// The digits to train on.
  public static let inputs = [InputSlot("data", artifacts: ["digits"])]
  /// Products of this size keep many cores busy.
  public static let isParallel = true

  private let units: Int
  private let pieces: Int
  private let inputKeep: Double
  private let hiddenKeep: Double
  private let initialRange: Double
  private let continueEpochs: Int
  private let recipe: TrainingRecipe

  /// Takes the sizes, the dropout, the start and a training recipe.
  public init(options: inout OptionReader) throws(OptionError) {
    units = try options.int("units", in: 1...10_000)
    pieces = try options.int("pieces", in: 1...64)
    inputKeep = try options.double("input-keep", in: 0.01...1)
    hiddenKeep = try options.double("hidden-keep", in: 0.01...1)
    initialRange = try options.double("initial-range", in: 0...1)
    continueEpochs = try options.int("continue-epochs", in: 0...10_000)
    recipe = try TrainingRecipe(&options)
  }

  /// Gives `weights`, `curve` and `plot`.
  public func run(_ context: StageContext) throws -> StageOutput {
    let digits = try context.input("data").digits()
    let classes = Array(0..<digits.train.classes)
    let network = MaxoutNetwork(
      pixels: digits.train.pixelsPerImage, units: units, pieces: pieces,
      inputKeep: Float(inputKeep), hiddenKeep: Float(hiddenKeep))
    let architecture = network.architecture(classes: classes.count)
    let validation = Evaluator(digits.validation, for: classes, in: context.workspace)
    let trainer = Trainer(
      recipe, on: digits.train, validation: validation, classes: classes, seed: context.seed,
      workspace: context.workspace)
    let state = try trainer.run(
      context,
      from: Classifier(
        architecture: architecture,
        weights: MaxoutNetwork.initialWeights(
          architecture, range: Float(initialRange), seed: context.seed, in: context.workspace),
        head: .softmax, classes: classes))
    var best = Classifier(
      architecture: architecture, weights: state.best.weights, head: .softmax, classes: classes)
    var course = MaxoutCourse(
      epochs: state.epoch, bestEpoch: state.best.epoch, images: digits.train.count,
      heldOut: digits.validation.count)
    if continueEpochs > 0 {
      best = try goOn(from: best, &course, digits, classes, context)
    }
    let output = TrainingOutput(
      title: "the maxout network", validationCount: validation.images.count, curve: state.curve)
    return context.inheriting(
      [
        "weights": .tensors(best.bundle), "curve": .table(output.table),
        "plot": .plot(output.plot),
      ],
      conditions: [
        "maxout/training": isPublished(course)
          ? "published recipe" : "\(units) units, \(course.text)"
      ],
      deviations: deviations(course))
  }

  /// Stage 2: all images, from the best weights, until the validation loss has come down.
  private func goOn(
    from best: Classifier, _ course: inout MaxoutCourse, _ digits: DigitImages, _ classes: [Int],
    _ context: StageContext
  ) throws -> Classifier {
    let everything = digits.train.followed(by: digits.validation)
    let goal = Evaluator(digits.train, for: classes, in: context.workspace).meanLoss(best)
    let watched = Evaluator(digits.validation, for: classes, in: context.workspace)
    let trainer = Trainer(
      recipe, on: everything, validation: watched, classes: classes,
      seed: context.seed.forked("stage 2"), workspace: context.workspace)
    var state = trainer.start(best)
    let updates = course.bestEpoch * ((digits.train.count + recipe.batch - 1) / recipe.batch)
    state.rate = recipe.learningRate(after: updates)
    repeat {
      try trainer.trainEpoch(&state, momentum: recipe.momentum(epoch: course.bestEpoch))
      course.furtherEpochs = state.epoch
      course.reachedGoal = watched.meanLoss(state.classifier) <= goal
      context.progress(
        Progress(state.epoch, of: continueEpochs, unit: "further epochs", detail: "all images"))
    } while state.epoch < continueEpochs && !course.reachedGoal
    return state.classifier
  }

  /// Whether a training was the published one: every value, both stages, each ended by its own rule.
  func isPublished(_ course: MaxoutCourse) -> Bool {
    follows2013Recipe && course.hasSettled(patience: recipe.patience) && course.reachedGoal
      && course.images == 50_000 && course.heldOut == 10_000
  }

  private var follows2013Recipe: Bool {
    units == 240 && pieces == 5 && inputKeep == 0.8 && hiddenKeep == 0.5 && initialRange == 0.005
      && recipe.batch == 100 && recipe.learningRate == 0.1 && recipe.decay == 1.000004
      && recipe.firstMomentum == 0.5 && recipe.lastMomentum == 0.7
      && recipe.momentumEpochs == 250 && recipe.normCap == 1.9365 && recipe.patience == 100
  }

  private func deviations(_ course: MaxoutCourse) -> [Deviation] {
    var list = [
      Deviation(
        "maxout: minibatches, dropout and first weights come from our own random numbers",
        because: "the recipe's generator cannot be reproduced; the effect is that of another seed")
    ]
    if continueEpochs > 0 {
      list.append(
        Deviation(
          "maxout: the losses that end stage 2 are taken without dropout, over whole epochs",
          because: "the recipe compares two monitored objectives and does not say more; stage 2 may"
            + " end some epochs sooner or later"))
    }
    if !isPublished(course) {
      let settled = course.hasSettled(patience: recipe.patience)
      list.append(
        Deviation(
          "maxout: trained with \(units) units, \(course.text)"
            + (settled ? "" : ", before the stopping rule held"),
          because: "the published recipe ends after 100 epochs without a lower validation error and"
            + " then goes on with all 60,000 images; less training should leave mistakes less"
            + " confident and the clean error higher"))
    }
    return list
  }
}
