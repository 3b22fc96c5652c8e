import Attacks
import Contract
import Kernels

/// The L2 attack of Carlini & Wagner on images that a model reads rightly: how often it fails, and how
/// far it has to go.
///
/// Bradshaw, Matthews & Ghahramani 2017 attack 1,000 images of each data set.
package struct CarliniWagnerTable: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "carlini-wagner"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Nearest adversarial examples by the L2 attack of Carlini & Wagner (Bradshaw and others 2017)."
  /// The images, and the model, of which all replicates are attacked.
  package static let inputs = [
    InputSlot("data", artifacts: ["digits"]),
    InputSlot("model", artifacts: ["weights"], takesMany: true),
  ]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .tensors("adversarial"),
    .table(
      "attack", "model", "replicate", "images", "attacked", "failed", "fooled", "mean_l2",
      "median_l2", "mean_l2_wide"), .images("pictures"),
  ]
  /// Thousands of steps for each image keep many cores busy.
  package static let isParallel = true

  private let images: Int
  private let settings: CarliniWagnerSettings

  /// Takes how many `images` are attacked, the first of the test images that the model reads rightly,
  /// and what `CarliniWagnerSettings` takes.
  package init(options: inout OptionReader) throws(OptionError) {
    images = try options.int("images", in: 1...100_000)
    settings = try CarliniWagnerSettings(options: &options)
  }

  /// Gives the table `attack`, the arrays `adversarial` and, if anything succeeds, `pictures`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let digits = try context.input("data").digits()
    let models = context.inputs["model"] ?? []
    var sets: [AdversarialSet] = []
    for (i, model) in models.enumerated() {
      let earlier = Dictionary(uniqueKeysWithValues: sets.map { ($0.model, $0.bundle) })
      sets.append(
        try AttackedImages(
          model: model, images: digits.test, count: images, attack: settings.attack,
          position: models.count == 1 ? "" : "model \(i + 1) of \(models.count)", context: context
        ).run(context.checkpoint.part(model.stage, after: earlier)))
    }
    var artifacts: [String: Artifact] = [
      "attack": .table(table(sets)), "adversarial": .tensors(AdversarialSet.bundle(sets)),
    ]
    artifacts["pictures"] = AdversarialPictures(digits.test).grid(
      sets.filter { $0.replicate == 1 }, settings.text
    ).map(Artifact.images)
    return context.inheriting(
      artifacts,
      conditions: settings.conditions.merging(["\(context.name)/images": "\(images)"]) { $1 })
  }

  private func table(_ sets: [AdversarialSet]) -> Table {
    Table(
      caption: "The first \(images) test images that the model reads rightly under the L2 attack of"
        + " Carlini & Wagner, \(settings.text). Fooled and failed are counted of the attacked"
        + " images; distances are ‖x′ − x‖ over the fooled ones, for pixels in 0…1 and, twice that,"
        + " in −1…1.",
      columns: [
        Table.Column("model", "model"), Table.Column("replicate", "run"),
        Table.Column("images", "images looked at"), Table.Column("attacked", "attacked"),
        Table.Column("failed", "failed"), Table.Column("fooled", "fooled", unit: "%", decimals: 1),
        Table.Column("mean_l2", "mean distance", decimals: 3),
        Table.Column("median_l2", "median distance", decimals: 3),
        Table.Column("mean_l2_wide", "mean distance in −1…1", decimals: 3),
      ],
      rows: sets.map { set in
        let distances = DistanceSummary(set.successDistances)
        let mean = distances.mean
        return [
          .text(set.name), .integer(set.replicate), .integer(set.looked), .integer(set.done),
          .integer(set.done - distances.count),
          .proportion(hits: distances.count, total: set.done), .measured(mean),
          .measured(distances.median), .measured(mean.map { 2 * $0 }),
        ]
      })
  }
}
