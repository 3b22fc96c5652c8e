import Contract
import Datasets
import Kernels

/// Images, what an attack makes of them, and what sender and receiver see of both.
struct TransformationPictures {
  private let attack: Transformation
  private let images: LabelledImages
  private let labels: [Int]
  private let workspace: Workspace

  /// One column for each image.
  init(_ attack: Transformation, images: LabelledImages, labels: [Int], _ workspace: Workspace) {
    self.attack = attack
    self.images = images
    self.labels = labels
    self.workspace = workspace
  }

  /// The class after the true one, in a circle.
  static func next(_ label: Int, of classes: Int) -> Int { (label + 1) % classes }

  /// Four rows: originals, their reconstructions, adversarial images, their reconstructions.
  func grid(lambda: Double) throws -> Artifact {
    let model = attack.reader.model
    let targets = labels.map { Self.next($0, of: attack.reader.classifier.classes.count) }
    let x = UnitRange().encode(images, rows: Array(labels.indices), in: workspace)
    let found = try attack.crafted(x, towards: targets)
    let rows = [x, model.reconstruct(x), found, model.reconstruct(found)]
    let read = attack.reader.labels(found, passes: 1)
    let hits = zip(read, targets).enumerated().filter { $1.0 == $1.1 }.map(\.offset)
    return GenerativePictures(model: model, images: images, workspace: workspace).grid(
      workspace.tensor([4 * labels.count, images.pixelsPerImage], rows.flatMap(\.values)),
      caption:
        "One image of each class, its reconstruction, the image that shall be taken for the next"
        + " class (λ = \(lambda)), and what the receiver sees of that; boxed where it is read as"
        + " the target.",
      columns: labels.count, boxed: Set(hits.map { 3 * labels.count + $0 }))
  }
}
