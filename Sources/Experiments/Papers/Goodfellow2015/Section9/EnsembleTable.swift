import Attacks
import Contract
import Kernels
import Models

/// An attack on an ensemble of maxout networks, through all of it and through one member.
///
/// Goodfellow, Shlens & Szegedy 2014, §9: an ensemble is hardly harder to fool than a network.
package struct EnsembleTable: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "ensemble-table"
  /// One sentence for `help` and for the report.
  package static let summary =
    "An attack on an ensemble, whole and through one member (Goodfellow, Shlens & Szegedy 2014, section 9)."
  /// The digits to attack, and the members.
  package static let inputs = [
    InputSlot("data", artifacts: ["digits"]),
    InputSlot("models", artifacts: ["weights", "curve"], takesMany: true),
  ]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table("attack", "target", "error_rate", "confidence"),
    .table(
      "members", "model", "replicate", "kept_epoch", "clean_error_rate", "error_rate",
      "ensemble_error_rate"),
    .table("spread", "statistic", "clean_error_rate", "error_rate", "ensemble_error_rate"),
    .plot("curve"),
  ]
  /// Twelve networks answer to twelve attacks.
  package static let isParallel = true
  /// How its members were trained stands in the conditions.
  package static let readsConditions = true

  private let attack: any AttackPiece

  /// Takes the `attack`.
  package init(options: inout OptionReader) throws(OptionError) {
    attack = try options.piece("attack", of: AttackCatalogue.attacks)
  }

  /// Gives the tables `attack`, `members` and `spread`, and the plot `curve`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let digits = try context.input("data").digits()
    let models = context.inputs["models"] ?? []
    let classifiers = try models.map { try $0.classifier(in: context.workspace) }
    let ensemble = try Ensemble(classifiers)
    let test = try models[0].evaluator(digits.test, for: classifiers[0], in: context.workspace)
    let made = attack.attack(onImagesOf: test.images.pixelsPerImage)
    let clean = test.evaluate(ensemble)
    let whole = try test.attacked(ensemble, by: made, seed: context.seed)
    var members: [EnsembleMember] = []
    for (i, (model, classifier)) in zip(models, classifiers).enumerated() {
      let attacked = try test.answers(
        of: [ensemble], onAttackOf: classifier, by: made, seed: context.seed)
      members.append(
        EnsembleMember(
          model: model, training: try MemberTraining(model, classifier),
          clean: test.evaluate(classifier), attacked: attacked.source,
          ensemble: attacked.others[0]))
      context.progress(Progress(i + 1, of: models.count, unit: "members", detail: model.stage))
    }
    let report = EnsembleReport(
      members: members, clean: clean, whole: whole,
      attack: attack.words)
    return context.inheriting(
      [
        "attack": .table(report.attackTable), "members": .table(report.memberTable),
        "spread": .table(report.spreadTable), "curve": .plot(report.plot),
      ],
      conditions: [
        "attack": type(of: attack).kind,
        "\(context.name)/members": "\(members.count)",
        "\(context.name)/training": MemberTraining.condition(members.map(\.training)),
      ],
      deviations: [
        Deviation(
          "ensemble: the mean of the members' probabilities decides, and the attack on the whole"
            + " climbs −log of that mean for the true class",
          because: "the paper does not say how its networks vote"),
        Deviation(
          "ensemble: “one of its members” is the first; the others are in the table of the members",
          because: "the paper does not say which, and attacks one"),
        Deviation(
          "ensemble: members count as settled when their training came to its own end, or when the"
            + " kept weights of the paper's network are those of epoch"
            + " \(MemberTraining.settledFrom) or later",
          because: "the error of a maxout network under attack hardly moves from then on, while the"
            + " whole recipe takes about 340 epochs a member"),
      ])
  }
}
