import Contract
import Datasets
import Kernels
import Models
import Training

/// Trains a classifier: any network, objective, recipe, stopping rule and sequel.
package struct Train: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "train"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Trains a classifier: any network with any objective, recipe, stopping rule and sequel."
  /// The images to train on, and what whitens them.
  package static let inputs = [
    InputSlot("data", artifacts: ["digits"]),
    InputSlot("whitening", artifacts: ["whitening"]).ifWanted,
  ]
  /// All that it may give, and the columns of its tables.
  package static let outputs: [OutputSlot] =
    outputs(watching: Watch.Subject.allCases) + [
      .tensors("other-weights").ifWanted,
      .table("accuracy", columns: TrainingAccuracy.columns).ifWanted,
    ]
  /// Most networks keep many cores busy.
  package static let isParallel = true
  /// A table beside the training.
  package static let neutralOptions: Set<String> = ["accuracy-of"]

  /// Which images a training learns from.
  private enum Lesson: String, CaseIterable {
    case training
    /// Validation images, too.
    case all
  }

  private let network: any NetworkPiece
  private let manner: String
  private let openQuestions: [Deviation]
  private let objective: any Objective
  private let recipe: TrainingRecipe
  private let watch: WatchList
  private let sequel: any Sequel
  private let lesson: Lesson
  private let accuracy: TrainingAccuracy

  /// Takes a `network`, an `objective`, a `recipe`, a rule when to `stop` and a `sequel`, each with what
  /// it takes itself; the list `watch` of errors, of which the first decides which weights are kept;
  /// `learn-from`, `training` images or `all`; and the list `accuracy-of` of the parts of the data set
  /// on which the network is tried in the end.
  package init(options: inout OptionReader) throws(OptionError) {
    network = try options.piece(by: "network", of: NetworkCatalogue.networks)
    let objective = try options.piece(by: "objective", of: ObjectiveCatalogue.objectives)
    recipe = try TrainingRecipe(&options, for: network)
    sequel = try options.piece(by: "sequel", of: SequelCatalogue.sequels)
    watch = try WatchList(&options, attack: objective.watchedAttack)
    lesson = try options.choice("learn-from", of: Lesson.self)
    accuracy = try TrainingAccuracy(&options)
    try watch.check(for: recipe, sequel)
    (manner, openQuestions) = (objective.manner, objective.openQuestions)
    self.objective = try objective.objective(for: network)
  }

  /// Whether the network keeps many cores busy.
  package var isParallel: Bool { network.keepsCoresBusy }

  /// `weights`, `curve` and `plot`; `other-weights`, those of the second watch; and `accuracy`.
  package var outputs: [OutputSlot] {
    Self.outputs(watching: watch.subjects)
      + (watch.subjects.count > 1 ? [.tensors("other-weights")] : [])
      + (accuracy.isWanted ? [.table("accuracy", columns: TrainingAccuracy.columns)] : [])
  }

  private static func outputs(watching subjects: [Watch.Subject]) -> [OutputSlot] {
    TrainingOutput.outputs(watching: subjects.map(\.column))
  }

  /// Gives what `outputs` says.
  package func run(_ context: StageContext) throws -> StageOutput {
    let whitening = try context.inputs["whitening"]?.first?.whitening(in: context.workspace)
    let encoding: any Encoding = whitening.map { Whitened($0) } ?? UnitRange()
    let desk = try TrainingDesk(context, classes: network.chosenClasses, encoding: encoding)
    let images = lesson == .all ? desk.images.followed(by: desk.heldOut) : desk.images
    let first = try FirstStage(
      recipe, objective, at: desk, on: images,
      watches: watch.watches(at: desk, seed: context.seed),
      from: try network.start(
        on: desk.images, classes: desk.classes, seed: context.seed, in: context.workspace))
    let ends = try sequel.follow(first)

    func bundle(_ classifier: Classifier) -> Artifact {
      .tensors(whitening.map { classifier.bundle(with: $0) } ?? classifier.bundle)
    }
    var artifacts = TrainingOutput(
      title: network.title + manner, first.trainer, first.state
    ).artifacts
    artifacts["weights"] = bundle(ends[0].classifier)
    if ends.count > 1 { artifacts["other-weights"] = bundle(ends[1].classifier) }
    if accuracy.isWanted {
      artifacts["accuracy"] = .table(
        accuracy.table(of: ends[0].classifier, called: network.title, at: desk))
    }
    return context.inheriting(
      artifacts, conditions: facts(of: ends, epochs: first.state.epoch, context.name),
      deviations: network.readings + openQuestions + departures(ends, context.name))
  }

  /// How the trainings ended, for the claims.
  private func facts(
    of ends: [FirstStage.Trained], epochs: Int, _ name: String
  ) -> [String: String] {
    var facts = ["\(name)/training": ends[0].course.fact, "\(name)/epochs": "\(epochs)"]
    if ends.count > 1 { facts["\(name)/other-training"] = ends[1].course.fact }
    return facts
  }

  /// What is not known to be the rule's own end, and where a recipe leaves its end open.
  private func departures(_ ends: [FirstStage.Trained], _ name: String) -> [Deviation] {
    let course = ends[0].course
    var list: [Deviation] = []
    if ends.contains(where: { if case .continued = $0.course.sequel { true } else { false } }) {
      list.append(
        Deviation(
          "\(name): the losses that end the second stage are taken without dropout, over whole"
            + " epochs",
          because: "the recipe compares two monitored objectives and does not say more; the second"
            + " stage may end some epochs sooner or later"))
    }
    if !course.isComplete {
      list.append(
        Deviation(
          "\(name): trained for \(course.text), before its stopping rule held",
          because: "a bound on the epochs keeps the profile short; less training should leave"
            + " mistakes less confident and the clean error higher"))
    }
    return list
  }
}
