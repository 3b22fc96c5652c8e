import Attacks
import Contract
import Datasets
import Kernels
import Measures
import Models

/// Any attack against any classifier: what it makes of the first test images, as the one judge sees it.
package struct Craft: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "craft"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Attacks test images and keeps who answered what, and how far the images had to move."
  /// The images to attack, and the models.
  package static let inputs = [
    InputSlot("data", artifacts: ["digits"]),
    InputSlot("models", artifacts: ["weights"], takesMany: true),
  ]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .tensors("adversarial"),
    .table(
      "attack", "model", "replicate", "train_error_rate", "clean_error_rate", "clean_confidence",
      "error_rate", "confidence"),
    .table(
      "goals", "model", "replicate", "success_rate", "mean_l0", "mean_l1", "mean_l2", "mean_linf"),
    .images("examples"),
  ]
  /// Iterated attacks keep many cores busy.
  package static let isParallel = true
  /// Pictures alone.
  package static let neutralOptions: Set<String> = ["examples"]
  /// Each row is about one model.
  package static let rowInputs = ["models": ["model"]]

  private let attack: any AttackPiece
  private let criterion: any Criterion
  private let images: Int
  private let examples: Int
  private let trainingError: Bool

  /// Takes an `attack` and a `criterion` as mappings with a `kind`, how many `images` of the test set
  /// are attacked, how many `examples` of each model are kept for export, and whether the error on the
  /// images that the models learnt from is taken, `training-error`.
  package init(options: inout OptionReader) throws(OptionError) {
    attack = try options.piece("attack", of: AttackCatalogue.attacks)
    criterion = try options.piece("criterion", of: CriterionCatalogue.criteria)
    images = try options.int("images", in: 1...1_000_000)
    examples = try options.int("examples", in: 10...10_000)
    trainingError = try options.bool("training-error")
  }

  /// Gives the tables `attack` and `goals`, the pictures `examples` and the arrays `adversarial`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let digits = try context.input("data").digits()
    let models = context.inputs["models"] ?? []
    let chosen = digits.test.subset(Array(digits.test.labels.indices.prefix(images)))
    let made = attack.attack(onImagesOf: chosen.pixelsPerImage)
    var report = CraftReport(attack: attack, images: chosen)
    var conditions = ["attack": type(of: attack).kind, "images": "\(chosen.count)"]
    for (i, model) in models.enumerated() {
      let (classifier, test) = try model.subject(chosen, in: context.workspace)
      let crafted = try test.craftedImages(
        against: classifier, by: made, criterion: criterion, seed: context.seed,
        keeping: examples
      ) { done in
        context.progress(
          Progress(
            i * test.images.count + done, of: models.count * test.images.count, unit: "images",
            detail: model.stage))
      }
      let seen =
        trainingError
        ? try model.evaluator(digits.train, for: classifier, in: context.workspace)
          .evaluate(classifier) : nil
      report.add(model, test, crafted, seen: seen)
      if classifier.classes.count < digits.test.classes {
        let pair = classifier.classes.map(String.init).joined(separator: "v")
        conditions["\(pair)/test-images"] = "\(test.images.count)"
      }
    }
    return context.inheriting(report.artifacts, conditions: conditions)
  }
}
