import Attacks
import Contract
import Datasets
import Kernels
import Measures

/// What a `craft` stage shows: a row a model, its first images, and the arrays behind both.
struct CraftReport {
  private var table: Table
  private var pictures: ExamplePictures
  private var arrays: TensorBundle
  private let attack: NamedAttack
  private var models: [String] = []

  /// Nothing yet of an attack on these images.
  init(attack: NamedAttack, images: LabelledImages) {
    self.attack = attack
    pictures = ExamplePictures(images, columns: 10)
    arrays = TensorBundle([:], metadata: ["attack": attack.text])
    table = Table(
      caption:
        "The first \(images.count) test images under \(attack.text): how often the attacker’s goal is"
        + " met, and how far the images moved where it is, in the mean. Images that the goal does not"
        + " apply to stay as they are.",
      columns: [
        Table.Column("model", "model"), Table.Column("replicate", "run"),
        Table.Column("train_error_rate", "training error", unit: "%", decimals: 2),
        Table.Column("clean_error_rate", "clean error", unit: "%", decimals: 2),
        Table.Column("clean_confidence", "clean confidence", unit: "%", decimals: 1),
        Table.Column("error_rate", "error under attack", unit: "%", decimals: 2),
        Table.Column("confidence", "confidence on mistakes", unit: "%", decimals: 1),
        Table.Column("success_rate", "goal met", unit: "%", decimals: 2),
        Table.Column("mean_l0", "values changed", decimals: 1),
        Table.Column("mean_l1", "L1", decimals: 2), Table.Column("mean_l2", "L2", decimals: 3),
        Table.Column("mean_linf", "L∞", decimals: 3),
      ])
  }

  /// Adds what became of the images of one model; `seen` is what it says to those that it learnt from.
  mutating func add(
    _ model: StageInput, _ test: Evaluator, _ crafted: CraftedImages, seen: Evaluation?
  ) {
    let (hits, total) = crafted.successes
    table.append([
      .text(model.name), .integer(model.replicate), seen?.errorCell ?? .missing,
      crafted.clean.errorCell, .measured(crafted.clean.confidence),
      crafted.attacked.errorCell, crafted.attacked.confidenceCell,
      total > 0 ? .proportion(hits: hits, total: total) : .missing,
      .measured(crafted.mean { Double($0.l0) }), .measured(crafted.mean(\.l1)),
      .measured(crafted.mean(\.l2)), .measured(crafted.mean(\.linf)),
    ])
    keep(model.stage, test, crafted)
    guard model.replicate == 1, let first = crafted.kept.first else { return }
    pictures.add(test, first)
    models.append(model.name)
  }

  /// Who answered what on every image, how far it moved, and the first images themselves.
  private mutating func keep(_ model: String, _ test: Evaluator, _ crafted: CraftedImages) {
    let count = [crafted.attacked.count]
    func bytes(_ values: [Int]) -> NumericArray {
      NumericArray(shape: count, .uint8(values.map { UInt8($0) }))
    }
    arrays.arrays["\(model).labels"] = bytes(crafted.attacked.labels)
    arrays.arrays["\(model).clean"] = bytes(crafted.clean.answers.map(\.label))
    arrays.arrays["\(model).adversarial"] = bytes(crafted.attacked.answers.map(\.label))
    arrays.arrays["\(model).confidence"] = NumericArray(
      shape: count, .float32(crafted.attacked.answers.map(\.confidence)))
    arrays.arrays["\(model).l2"] = NumericArray(
      shape: count, .float32(crafted.distances.map { Float($0.l2) }))
    let values = crafted.kept.flatMap(\.values)
    arrays.arrays["\(model).images"] = NumericArray(
      shape: [values.count / test.images.pixelsPerImage] + test.images.shape, .float32(values))
  }

  /// The table `attack`, the pictures `examples` and the arrays `adversarial`.
  var artifacts: [String: Artifact] {
    [
      "attack": .table(table), "adversarial": .tensors(arrays),
      "examples": .images(
        pictures.grid(
          caption: "Ten test images, and below them what \(attack.text) makes of them for"
            + " \(models.joined(separator: ", ")).")),
    ]
  }
}
