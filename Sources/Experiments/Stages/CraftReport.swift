import Attacks
import Contract
import Datasets
import Kernels
import Measures

/// What a `craft` stage shows: a row a model, its first images, and the arrays behind both.
struct CraftReport {
  private var errors: Table
  private var goals: Table
  private var pictures: ExamplePictures
  private var arrays: TensorBundle
  private let attack: String
  private var models: [String] = []

  /// Nothing yet of an attack on these images.
  init(attack: any AttackPiece, images: LabelledImages) {
    self.attack = attack.words
    pictures = ExamplePictures(images, columns: 10)
    arrays = TensorBundle([:], metadata: ["attack": attack.words])
    errors = Table(
      caption: "Error on the first \(images.count) test images and mean confidence of the wrong"
        + " answers, clean and under \(attack.words).",
      columns: [
        Table.Column("model", "model"), Table.Column("replicate", "run"),
        Table.Column("train_error_rate", "training error", unit: "%", decimals: 2),
        Table.Column("clean_error_rate", "clean error", unit: "%", decimals: 2),
        Table.Column("clean_confidence", "clean confidence", unit: "%", decimals: 1),
        Table.Column("error_rate", "error under attack", unit: "%", decimals: 2),
        Table.Column("confidence", "confidence on mistakes", unit: "%", decimals: 1),
      ])
    goals = Table(
      caption: "How often the attacker’s goal is met under \(attack.words), and how far the images"
        + " moved where it is, in the mean. Images that the goal does not apply to stay as they are"
        + " and are not counted.",
      columns: [
        Table.Column("model", "model"), Table.Column("replicate", "run"),
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
    errors.append([
      .text(model.name), .integer(model.replicate), seen?.errorCell ?? .missing,
      crafted.clean.errorCell, .measured(crafted.clean.confidence),
      crafted.attacked.errorCell, crafted.attacked.confidenceCell,
    ])
    let (hits, total) = crafted.successes
    goals.append([
      .text(model.name), .integer(model.replicate),
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

  /// The tables `attack` and `goals`, the pictures `examples` and the arrays `adversarial`.
  var artifacts: [String: Artifact] {
    [
      "attack": .table(errors), "goals": .table(goals), "adversarial": .tensors(arrays),
      "examples": .images(
        pictures.grid(
          caption: "Ten test images and what \(attack) makes of them: clean, then for"
            + " \(models.joined(separator: ", ")) (values beyond black and white are shown as black"
            + " and white).")),
    ]
  }
}
