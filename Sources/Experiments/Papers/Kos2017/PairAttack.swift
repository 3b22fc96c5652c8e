import Attacks
import Contract
import Datasets
import Kernels

/// Images turned into other images of the same data set, without any classes: pictures of faces and
/// house numbers.
///
/// Kos, Fischer & Song 2017, §5: on SVHN the latent attack works and L_VAE does not; on CelebA the
/// latent attack is shown.
package struct PairAttack: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "vae-pairs"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Turns images into others through an autoencoder (Kos, Fischer & Song 2017, section 5)."
  /// The images and the autoencoder.
  package static let inputs = [
    InputSlot("data", artifacts: ["digits"]), InputSlot("model", artifacts: ["weights"]),
  ]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table("distances", "attack", "mean_l2", "mean_rmsd", "before", "after", "nearer"),
    .images("images"),
  ]
  /// Optimisations keep many cores busy.
  package static let isParallel = true

  private enum Goal: String, CaseIterable {
    case latent
    case lVAE = "l-vae"
  }

  private let goal: Goal
  private let pairs: Int
  private let optimisation: L2Optimisation
  private static let shown = 8

  /// Takes the `attack` (`latent` or `l-vae`), how many `pairs` of successive test images are taken,
  /// and `iterations`, `learning-rate` and `lambda` of the optimisation.
  package init(options: inout OptionReader) throws(OptionError) {
    goal = try options.choice("attack", of: Goal.self)
    pairs = try options.int("pairs", in: 1...100_000)
    optimisation = try L2Optimisation(&options)
  }

  /// Gives the table `distances` and the pictures `images`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let images = try context.input("data").digits().test
    let model = try context.input("model").autoencoder(in: context.workspace)
    let count = min(pairs, images.count / 2)
    guard count > 0 else { throw StageFailure(.data, "a pair needs two test images") }
    func encoded(_ offset: Int) -> Tensor {
      UnitRange().encode(
        images, rows: (0..<count).map { 2 * $0 + offset }, in: context.workspace)
    }
    let (x, target) = (encoded(0), encoded(1))
    let wanted = model.reconstruct(target)
    let found =
      switch goal {
      case .latent:
        try optimisation.judged(
          x, by: LatentAttack(encoder: model.meanEncoder, codes: model.code(target)))
      case .lVAE:
        try optimisation.judged(x, by: LVAEAttack(model: model, reconstructions: wanted))
      }
    let (clean, seen) = (model.reconstruct(x), model.reconstruct(found))
    let columns = [x, clean, target, wanted, found, seen].map(\.values)
    let size = images.pixelsPerImage
    let rows = min(count, Self.shown)
    let pixels = (0..<rows).flatMap { row in
      columns.flatMap { $0[row * size..<(row + 1) * size] }
    }
    let picture = GenerativePictures(model: model, images: images, workspace: context.workspace)
      .grid(
        context.workspace.tensor([rows * columns.count, size], pixels),
        caption: "Left to right: an image, its reconstruction, the target, its reconstruction, the"
          + " adversarial image of the \(goal.rawValue) attack, and what the receiver sees.",
        columns: columns.count)
    return context.inheriting([
      "images": picture,
      "distances": .table(
        table(
          moved: lengths(found - x), before: lengths(clean - wanted), after: lengths(seen - wanted),
          pixels: size)),
    ])
  }

  private func lengths(_ difference: Tensor) -> [Double] {
    difference.rowSumsOfSquares().map { Double($0).squareRoot() }
  }

  private func table(moved: [Double], before: [Double], after: [Double], pixels: Int) -> Table {
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    let nearer = zip(before, after).count { $1 < $0 / 2 }
    return Table(
      caption:
        "\(moved.count) pairs, λ = \(optimisation.lambda), \(optimisation.iterations) iterations."
        + " What the receiver sees has come nearer where its distance from the target’s reconstruction"
        + " is less than half of what it was.",
      columns: [
        Table.Column("attack", "attack"),
        Table.Column("mean_l2", "mean ‖x* − x‖", decimals: 3),
        Table.Column("mean_rmsd", "mean RMSD", decimals: 4),
        Table.Column("before", "distance of reconstructions before", decimals: 3),
        Table.Column("after", "after", decimals: 3),
        Table.Column("nearer", "come nearer", unit: "%", decimals: 1),
      ],
      rows: [
        [
          .text(goal.rawValue), .number(mean(moved)),
          .number(mean(moved) / Double(pixels).squareRoot()), .number(mean(before)),
          .number(mean(after)), .proportion(hits: nearer, total: moved.count),
        ]
      ])
  }
}
