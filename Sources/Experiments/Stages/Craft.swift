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
      "attack", "model", "replicate", "clean_error_rate", "error_rate", "confidence",
      "success_rate", "mean_l0", "mean_l1", "mean_l2", "mean_linf"), .images("examples"),
  ]
  /// Iterated attacks keep many cores busy.
  package static let isParallel = true

  private let piece: any AttackPiece
  private let criterion: any Criterion
  private let images: Int
  private let examples: Int

  /// Takes an `attack` and a `criterion` as mappings with a `kind`, how many `images` of the test set
  /// are attacked, and how many `examples` of each model are kept for export.
  package init(options: inout OptionReader) throws(OptionError) {
    piece = try options.piece("attack", of: AttackCatalogue.attacks)
    criterion = try options.piece("criterion", of: CriterionCatalogue.criteria)
    images = try options.int("images", in: 1...1_000_000)
    examples = try options.int("examples", in: 10...10_000)
  }

  /// Gives the table `attack`, the pictures `examples` and the arrays `adversarial`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let digits = try context.input("data").digits()
    let models = context.inputs["models"] ?? []
    let chosen = digits.test.subset(Array(digits.test.labels.indices.prefix(images)))
    let attack = piece.attack(onImagesOf: chosen.pixelsPerImage)
    var report = CraftReport(attack: type(of: piece).kind, images: chosen)
    for (i, model) in models.enumerated() {
      let (classifier, test) = try model.subject(chosen, in: context.workspace)
      let crafted = try test.craftedImages(
        against: classifier, by: attack, criterion: criterion, seed: context.seed,
        keeping: examples
      ) { done in
        context.progress(
          Progress(
            i * test.images.count + done, of: models.count * test.images.count, unit: "images",
            detail: model.stage))
      }
      report.add(model, test, crafted)
    }
    return context.inheriting(
      report.artifacts,
      conditions: ["attack": type(of: piece).kind, "images": "\(chosen.count)"])
  }
}
