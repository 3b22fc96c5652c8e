import Contract
import Datasets
import Kernels
import Models

/// The pictures by which a generative model is judged with the eye.
struct GenerativePictures {
  let model: Autoencoder
  let images: LabelledImages
  let workspace: Workspace

  /// Pictures in a row.
  static let columns = 10

  /// Rows of pixels in 0…1 as a grid of pictures.
  func grid(_ pixels: Tensor, caption: String, columns: Int = columns, boxed: Set<Int> = [])
    -> Artifact
  {
    .images(
      ImageGrid(
        caption: caption, height: images.height, width: images.width, channels: images.channels,
        columns: columns,
        pixels: ImageGrid.interleaved(
          grey(pixels.values), channels: images.channels, plane: images.height * images.width),
        boxed: boxed))
  }

  /// Decoded draws of the prior.
  func samples(seed: Seed) -> Artifact {
    let draws = workspace.normal(
      [5 * Self.columns, model.latent], mean: 0, deviation: 1, seed: seed)
    return grid(model.decode(draws), caption: "Decoded draws of the prior N(0, I).")
  }

  /// The first images and, below each row, what a receiver of their codes sees.
  func reconstructions() -> Artifact {
    let rows = min(3, images.count / Self.columns)
    let shown = (0..<max(1, rows)).flatMap { row in
      let range = row * Self.columns..<min((row + 1) * Self.columns, images.count)
      let x = UnitRange().encode(images, rows: Array(range), in: workspace)
      return [x.values, model.reconstruct(x).values]
    }
    let pixels = shown.flatMap { $0 }
    return grid(
      workspace.tensor([pixels.count / images.pixelsPerImage, images.pixelsPerImage], pixels),
      caption: "Images, and below each row their reconstructions.",
      columns: min(Self.columns, images.count))
  }

  /// The way from one image’s code to the next one’s in equal steps, decoded.
  func interpolations() -> Artifact {
    let pairs = min(6, images.count / 2)
    let codes = model.code(
      UnitRange().encode(images, rows: Array(0..<max(1, pairs) * 2), in: workspace))
    let (values, latent) = (codes.values, model.latent)
    let steps = Self.columns
    var mixed: [Float] = []
    for pair in 0..<max(1, pairs) {
      let (from, to) = (2 * pair * latent, (2 * pair + 1) * latent)
      for step in 0..<steps {
        let share = Float(step) / Float(steps - 1)
        mixed += (0..<latent).map { (1 - share) * values[from + $0] + share * values[to + $0] }
      }
    }
    return grid(
      model.decode(workspace.tensor([mixed.count / latent, latent], mixed)),
      caption: "From the code of one image to that of another in equal steps, decoded.")
  }
}
