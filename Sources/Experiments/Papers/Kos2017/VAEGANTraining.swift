import Contract
import Kernels
import Models
import Training

/// Trains a VAE-GAN: an autoencoder whose images are compared in the features of a discriminator.
///
/// Kos, Fischer & Song 2017, §5; Larsen and others 2016.
package struct VAEGANTraining: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "train-vae-gan"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Trains an autoencoder together with a discriminator (Kos, Fischer & Song 2017, section 5)."
  /// The images to train on.
  package static let inputs = [InputSlot("data", artifacts: ["digits"])]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .tensors("weights"),
    .table(
      "curve", "epoch", "reconstruction", "features", "divergence", "discriminator", "deception"),
    .images("interpolations"), .images("reconstructions"), .images("samples"), .plot("plot"),
  ]
  /// Training keeps many cores busy.
  package static let isParallel = true

  private let networks: GenerativeNetworks
  private let recipe: GenerativeRecipe
  private let featureWeight: Double
  private let pixelWeight: Double
  private let deceptionWeight: Double
  private let discriminatorFloor: Double

  /// Takes what `GenerativeNetworks` and `GenerativeRecipe` take, the `feature-weight` of the loss in
  /// the discriminator's features, the `pixel-weight` of that of pixels, the `deception-weight` of the
  /// decoder's adversarial loss, and the `discriminator-floor` below whose loss the discriminator rests.
  package init(options: inout OptionReader) throws(OptionError) {
    networks = try GenerativeNetworks(&options)
    recipe = try GenerativeRecipe(&options)
    featureWeight = try options.double("feature-weight", in: 0...10_000)
    pixelWeight = try options.double("pixel-weight", in: 0...10_000)
    deceptionWeight = try options.double("deception-weight", in: 0...10_000)
    discriminatorFloor = try options.double("discriminator-floor", in: 0...10)
  }

  /// Gives `weights` of encoder and decoder, `curve`, `plot`, and the pictures `samples`,
  /// `reconstructions` and `interpolations`.
  package func run(_ context: StageContext) throws -> StageOutput {
    try GenerativeTraining(
      model: "vae-gan",
      objective: VAEGANObjective(
        featureWeight: Float(featureWeight), pixelWeight: Float(pixelWeight),
        deceptionWeight: Float(deceptionWeight), discriminatorFloor: discriminatorFloor),
      networks: networks, recipe: recipe, likelihood: .bernoulli,
      remark:
        ", features weighted with \(featureWeight), pixels with \(pixelWeight), deception with"
        + " \(deceptionWeight), the discriminator resting below \(discriminatorFloor)"
    ).run(context) { images in
      let parts = Discriminator.architectures(networks, images)
      return [parts.trunk, parts.head]
    }
  }
}
