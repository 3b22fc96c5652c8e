import Attacks
import Contract
import Kernels

/// One attack on an autoencoder, each image towards each class: the table of Kos, Fischer & Song 2017.
package struct VAEAttackTable: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "vae-attack"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Attacks an autoencoder, each image towards each class (Kos, Fischer & Song 2017, section 5)."
  /// The images, the autoencoder and the classifier of its codes.
  package static let inputs = AttackSubject.inputs
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table("calibration", "lambda", "mean_l2", "ignore_target_rate", "target_rate", "chosen")
      .ifWanted,
    .table(
      "cells", "source", "target", "images", "ignore_target_rate", "target_rate", "ignore_before",
      "target_before", "mean_l2"),
    .table(
      "totals", "part", "model", "attack", "images", "attacks", "lambda", "iterations", "mean_l2",
      "mean_rmsd", "accuracy_before", "target_before", "ignore_target_rate", "target_rate",
      "mean_cell_ignore", "mean_cell_target", "strangeness", "ordinary", "cost"), .images("images"),
    .heatMap("ignore-target"), .heatMap("target"),
  ]
  /// Thousands of optimisations keep many cores busy.
  package static let isParallel = true

  private let kind: GenerativeAttackKind
  private let images: Int
  private let iterations: Int
  private let rate: Double
  private let lambdas: [Double]
  private let meanDistance: Double
  private let calibrationImages: Int

  /// Takes the `attack` (`classifier`, `l-vae`, `latent` or `latent-mean`), how many of the first test
  /// `images` are attacked, the `iterations` and the `learning-rate` of Adam, the list `lambda`, and,
  /// if it holds several values, the `mean-l2` at which one is sought on `calibration-images`.
  package init(options: inout OptionReader) throws(OptionError) {
    kind = try options.choice("attack", of: GenerativeAttackKind.self)
    images = try options.int("images", in: 1...1_000_000)
    iterations = try options.int("iterations", in: 1...1_000_000)
    rate = try options.double("learning-rate", in: 1e-6...10)
    lambdas = try options.doubles("lambda", in: 0...1e6)
    (meanDistance, calibrationImages) =
      lambdas.count == 1
      ? (0, 0)
      : (
        try options.double("mean-l2", in: 1e-3...1000),
        try options.int("calibration-images", in: 1...10_000)
      )
  }

  /// Gives the tables `cells` and `totals`, the heat maps `ignore-target` and `target`, the pictures
  /// `images`, and, if λ was sought, the table `calibration`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let subject = try AttackSubject(context)
    let gallery = ReconstructionGallery(subject, in: context.workspace)
    func transformation(_ lambda: Double) -> Transformation {
      Transformation(
        kind: kind,
        optimisation: L2Optimisation(
          iterations: iterations, rate: Float(rate), lambda: lambda),
        reader: subject.reader, targets: subject.targets, gallery: gallery,
        context: context)
    }
    var artifacts: [String: Artifact] = [:]
    var lambda = lambdas[0]
    if lambdas.count > 1 {
      let some = try subject.attackable(subject.digits.validation, first: calibrationImages)
      let calibration = LambdaCalibration(distance: meanDistance)
      let found = try calibration.run(lambdas) {
        try transformation($0).run(some.images, labels: some.labels, name: "λ = \($0)")
      }
      lambda = found.lambda
      artifacts["calibration"] = .table(
        calibration.table(found.trials, chosen: lambda, images: some.labels.count))
    }
    let attacked = try subject.attackable(subject.digits.test, first: images)
    let attack = transformation(lambda)
    let all = try attack.run(attacked.images, labels: attacked.labels, name: kind.rawValue)
    let report = VAEAttackReport(
      all, attack, subject, ordinary: gallery.mean(of: attacked.images, context.workspace))
    artifacts.merge(try report.artifacts(model: subject.model)) { $1 }
    let shown = subject.oneOfEach(attacked.images, attacked.labels)
    artifacts["images"] = try TransformationPictures(
      attack, images: shown.images, labels: shown.labels, context.workspace
    ).grid(lambda: lambda)
    return context.inheriting(
      artifacts,
      conditions: [
        "\(context.name)/attack": kind.rawValue, "\(context.name)/optimiser": "l2",
        "\(context.name)/iterations": "\(iterations)",
        "\(context.name)/images": "\(min(images, subject.digits.test.count))",
        "\(context.name)/model": try subject.model,
      ],
      deviations: [
        Deviation(
          "\(context.name): what is minimised is λ‖x* − x‖² + J(x*) with the squared distance summed"
            + " over the pixels, λ = \(lambda)",
          because: "the paper’s convention for λ is not known; "
            + (lambdas.count > 1
              ? "λ was sought at the mean distance that is remembered"
              : "λ stands in the spec"))
      ])
  }
}
