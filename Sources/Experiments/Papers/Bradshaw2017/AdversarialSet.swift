import Contract
import Kernels

/// What an attack made of some images of a model, as it was judged.
struct AdversarialSet: Hashable, Sendable {
  /// The stage that trained the model, with its replicate, such as `convnet@2`.
  let model: String
  /// Pixels of an image.
  let pixels: Int
  /// How many test images were looked at until there were enough that the model reads rightly.
  let looked: Int
  /// The positions of the images in the test set.
  let rows: [Int]
  /// The data set's class of each.
  let labels: [Int]
  /// What the attack left, 0…1, image by image.
  private(set) var images: [Float] = []
  /// Whether the model names a wrong class.
  private(set) var fooled: [Bool] = []
  /// ‖x′ − x‖, not squared, in units of 0…1.
  private(set) var distances: [Float] = []

  /// A set of images that have still to be attacked.
  init(model: String, pixels: Int, looked: Int, rows: [Int], labels: [Int]) {
    (self.model, self.pixels, self.looked) = (model, pixels, looked)
    (self.rows, self.labels) = (rows, labels)
  }

  /// How many of the images have been attacked so far.
  var done: Int { fooled.count }
  /// The positions in this set of the images that fool the model.
  var successes: [Int] { fooled.indices.filter { fooled[$0] } }
  /// The distances of these.
  var successDistances: [Double] { successes.map { Double(distances[$0]) } }

  /// The model's name without its replicate.
  var name: String { input.name }
  /// The model's replicate, from 1.
  var replicate: Int { input.replicate }
  private var input: StageInput {
    StageInput(stage: model, output: StageOutput(artifacts: [:]))
  }

  /// Adds the next images that have been attacked.
  mutating func append(_ images: Tensor, fooled: [Bool], distances: [Float]) {
    self.images += images.values
    self.fooled += fooled
    self.distances += distances
  }

  /// Some images, `[n, pixels]`.
  func tensor(_ chosen: [Int], in workspace: Workspace) -> Tensor {
    workspace.tensor(
      [chosen.count, pixels],
      chosen.flatMap { images[$0 * pixels..<($0 + 1) * pixels] })
  }
}

/// How sets are kept: as arrays, a part a model.
extension AdversarialSet {
  /// The arrays, as far as images have been attacked.
  var bundle: TensorBundle {
    func integers(_ values: some Sequence<Int>) -> NumericArray {
      NumericArray(shape: [done], .int32(values.prefix(done).map { Int32($0) }))
    }
    return TensorBundle(
      [
        "images": NumericArray(shape: [done, pixels], .float32(images)),
        "labels": integers(labels), "rows": integers(rows),
        "fooled": integers(fooled.map { $0 ? 1 : 0 }),
        "distance": NumericArray(shape: [done], .float32(distances)),
      ], metadata: ["looked": "\(looked)"])
  }

  /// Reads a set back; nil if the arrays do not go together.
  init?(model: String, _ bundle: TensorBundle) {
    guard let images = bundle.arrays["images"], let values = images.floats,
      images.shape.count == 2, let labels = bundle.arrays["labels"]?.integers,
      let rows = bundle.arrays["rows"]?.integers, let fooled = bundle.arrays["fooled"]?.integers,
      let distances = bundle.arrays["distance"]?.floats,
      let looked = bundle.metadata["looked"].flatMap({ Int($0) }),
      [labels.count, rows.count, fooled.count, distances.count]
        .allSatisfy({ $0 == images.shape[0] })
    else { return nil }
    self.init(
      model: model, pixels: images.shape[1], looked: looked, rows: rows.map { Int($0) },
      labels: labels.map { Int($0) })
    (self.images, self.distances) = (values, distances)
    self.fooled = fooled.map { $0 != 0 }
  }

  /// The same set with the images that an earlier, interrupted run has attacked.
  func resumed(from bundle: TensorBundle?) -> AdversarialSet {
    guard let kept = bundle.flatMap({ AdversarialSet(model: model, $0) }), kept.pixels == pixels,
      kept.done <= rows.count, kept.rows == Array(rows.prefix(kept.done)),
      kept.labels == Array(labels.prefix(kept.done))
    else { return self }
    var result = self
    (result.images, result.fooled, result.distances) = (kept.images, kept.fooled, kept.distances)
    return result
  }

  /// Several sets in one bundle, in their order.
  static func bundle(_ sets: [AdversarialSet]) -> TensorBundle {
    var all = TensorBundle(
      parts: Dictionary(uniqueKeysWithValues: sets.map { ($0.model, $0.bundle) }))
    all.metadata["models"] = sets.map(\.model).joined(separator: " ")
    return all
  }
}

extension StageInput {
  /// The sets that an attack stage made, a model each.
  func adversarialSets() throws(StageFailure) -> [AdversarialSet] {
    let bundle = try tensors("adversarial")
    let models = (bundle.metadata["models"] ?? "").split(separator: " ").map(String.init)
    var sets: [AdversarialSet] = []
    for model in models {
      guard let set = bundle.part(model).flatMap({ AdversarialSet(model: model, $0) }) else {
        throw StageFailure(.data, "‘\(stage)’ has no whole set of images against ‘\(model)’")
      }
      sets.append(set)
    }
    guard !sets.isEmpty else { throw StageFailure(.data, "‘\(stage)’ names no model it attacked") }
    return sets
  }
}
