import Datasets
import Kernels

/// The network of a VAE-GAN that tells images of the data set from decoded ones, in two parts.
///
/// Larsen and others 2016: the features between them stand in for pixels in the reconstruction loss.
package enum Discriminator {
  /// How many features there are.
  package static let features = 256

  /// The trunk, images to features in −1…1, and the head, features to one logit that is above 0 for
  /// an image of the data set.
  package static func architectures(
    _ networks: GenerativeNetworks, _ images: LabelledImages
  ) -> (trunk: Architecture, head: Architecture) {
    let trunk = networks.downward(images, outputs: features)
    return (
      Architecture(trunk.layers + [Tanh()]), Architecture([Dense(inputs: features, outputs: 1)])
    )
  }
}
