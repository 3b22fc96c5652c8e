import Contract
import Kernels
import Models
import Training

/// Trains a variational autoencoder.
///
/// Kos, Fischer & Song 2017, §5; Kingma & Welling 2014.
package struct VAETraining: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "train-vae"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Trains a variational autoencoder (Kos, Fischer & Song 2017, section 5)."
  /// The images to train on.
  package static let inputs = [InputSlot("data", artifacts: ["digits"])]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .tensors("weights"), .table("curve", "epoch", "reconstruction", "divergence"),
    .images("interpolations"), .images("reconstructions"), .images("samples"), .plot("plot"),
  ]
  /// Training keeps many cores busy.
  package static let isParallel = true

  private enum Pixels: String, CaseIterable { case bernoulli, gaussian }

  private let networks: GenerativeNetworks
  private let recipe: GenerativeRecipe
  private let likelihood: Autoencoder.Likelihood
  private let divergenceWeight: Double

  /// Takes what `GenerativeNetworks` and `GenerativeRecipe` take, the `likelihood` of pixels
  /// (`bernoulli`, or `gaussian` with a `variance`), and the `divergence-weight`, 1 for the bound
  /// itself.
  package init(options: inout OptionReader) throws(OptionError) {
    networks = try GenerativeNetworks(&options)
    recipe = try GenerativeRecipe(&options)
    likelihood =
      switch try options.choice("likelihood", of: Pixels.self) {
      case .bernoulli: .bernoulli
      case .gaussian: .gaussian(variance: Float(try options.double("variance", in: 1e-6...100)))
      }
    divergenceWeight = try options.double("divergence-weight", in: 0...1000)
  }

  /// Gives `weights`, `curve`, `plot`, and the pictures `samples`, `reconstructions` and
  /// `interpolations`.
  package func run(_ context: StageContext) throws -> StageOutput {
    try GenerativeTraining(
      model: "vae",
      objective: VAEObjective(likelihood: likelihood, divergenceWeight: Float(divergenceWeight)),
      networks: networks, recipe: recipe, likelihood: likelihood,
      remark: divergenceWeight == 1 ? "" : ", the divergence weighted with \(divergenceWeight)"
    ).run(context)
  }
}
