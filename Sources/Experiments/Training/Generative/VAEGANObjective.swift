import Kernels
import Models

/// A VAE whose images are compared in the features of a discriminator that is trained beside it.
///
/// Larsen and others 2016, algorithm 1. Networks: encoder, decoder, trunk and head of the
/// discriminator. The encoder minimises KL + φ·L, where L = ½‖f(x) − f(x̃)‖² in the trunk's features;
/// the decoder φ·L + γ·(what it takes to pass for the data set); the discriminator its cross-entropy on
/// images, reconstructions x̃ and decoded draws of the prior. For the decoder's adversarial part we
/// take −log D(x̃) in place of log(1 − D(x̃)): it has the same goal, and a slope where D is sure. A
/// discriminator that tells images and copies apart for certain has features that say nothing else, so
/// it rests while its loss is below a floor; and pixels may have a part in the reconstruction loss.
package struct VAEGANObjective: GenerativeObjective {
  /// φ, one over the variance of features around those of the image.
  package let featureWeight: Float
  /// The weight of −log p(x|z) of pixels in the losses of encoder and decoder; 0 in the paper.
  package let pixelWeight: Float
  /// γ.
  package let deceptionWeight: Float
  /// The loss of the discriminator, in nats over its three kinds of images, below which it rests: 3 log 2
  /// is that of tossing a coin, 0 lets it never rest.
  package let discriminatorFloor: Double

  package init(
    featureWeight: Float, pixelWeight: Float, deceptionWeight: Float, discriminatorFloor: Double
  ) {
    self.featureWeight = featureWeight
    self.pixelWeight = pixelWeight
    self.deceptionWeight = deceptionWeight
    self.discriminatorFloor = discriminatorFloor
  }

  package static let measures: [GenerativeMeasure] = [
    .reconstruction, .features, .divergence, .discriminator, .deception,
  ]

  package func step(
    _ networks: [Network], on x: Tensor, seed: Seed
  ) -> (measures: [Double], gradients: [[Tensor]]) {
    let (decoder, trunk, head) = (networks[1], networks[2], networks[3])
    let encoded = networks[0].forward(x, .training(seed))
    let posterior = Posterior(encoded.output)
    let (z, toOutput) = posterior.sampled(seed.forked("code"))
    let prior = x.workspace.normal(
      z.shape, mean: 0, deviation: 1, seed: seed.forked("prior"))
    let (rebuilt, drawn) = (Decoded(z, by: decoder), Decoded(prior, by: decoder))
    let real = Seen(x, by: trunk, head, isReal: true)
    let copies = [rebuilt, drawn].map { Seen($0.pixels, by: trunk, head, isReal: false) }

    let likeness = squaredError(
      copies[0].features.output, targets: real.features.output, reduction: .mean)
    let byFeatures = copies[0].features.inputGradient(likeness.gradient * featureWeight)
    let pixels = bernoulliLoss(rebuilt.pass.output, targets: x, reduction: .mean)
    let likenessGradient =
      (byFeatures * rebuilt.slopes).adding(pixels.gradient, scaledBy: pixelWeight)
    let passing = copies.map { $0.passing() }
    let divergence = posterior.divergence(.mean)

    let dz = rebuilt.pass.inputGradient(likenessGradient)
    let decoderGradients = summed(
      rebuilt.pass.weightGradients(
        likenessGradient.adding(
          passing[0].dPixels * rebuilt.slopes, scaledBy: deceptionWeight)),
      drawn.pass.weightGradients(passing[1].dPixels * drawn.slopes * deceptionWeight))
    let judged = ([real] + copies).map { $0.judged() }
    let judgement = judged.map(\.loss).reduce(0, +)
    func discriminator(_ part: ((loss: Double, trunk: [Tensor], head: [Tensor])) -> [Tensor])
      -> [Tensor]
    {
      let gradients = judged.dropFirst().reduce(part(judged[0])) { summed($0, part($1)) }
      return judgement < discriminatorFloor ? gradients.map { $0 * 0 } : gradients
    }
    return (
      [
        pixels.batchMean, likeness.batchMean, divergence.batchMean, judgement,
        passing.map(\.loss).reduce(0, +) / 2,
      ],
      [
        encoded.weightGradients(toOutput(dz) + divergence.gradient), decoderGradients,
        discriminator(\.trunk), discriminator(\.head),
      ]
    )
  }

  /// Codes as images, with the way back.
  private struct Decoded {
    let pass: Pass
    let pixels: Tensor
    /// Slopes of the pixels in the decoder's logits.
    let slopes: Tensor

    init(_ z: Tensor, by decoder: Network) {
      pass = decoder.forward(z)
      pixels = pass.output.sigmoid()
      slopes = pixels.sigmoidSlopes()
    }
  }

  /// Images as the discriminator sees them.
  private struct Seen {
    let features: Pass
    private let verdict: Pass
    private let isReal: Bool

    init(_ pixels: Tensor, by trunk: Network, _ head: Network, isReal: Bool) {
      features = trunk.forward(pixels)
      verdict = head.forward(features.output)
      self.isReal = isReal
    }

    private func loss(asReal: Bool) -> LossValue {
      logisticLoss(
        verdict.output,
        signs: [Float](repeating: asReal ? 1 : -1, count: verdict.output.shape[0]))
    }

    /// The discriminator's own loss and gradients.
    func judged() -> (loss: Double, trunk: [Tensor], head: [Tensor]) {
      let loss = loss(asReal: isReal)
      let back = verdict.pullback(loss.gradient, .inputAndWeights)
      guard let dFeatures = back.dx else {
        preconditionFailure("a head gave no gradient of its features")
      }
      return (loss.batchMean, features.weightGradients(dFeatures), back.dWeights)
    }

    /// What it takes to be taken for an image of the data set, and its gradient at the pixels.
    func passing() -> (loss: Double, dPixels: Tensor) {
      let loss = loss(asReal: true)
      return (
        loss.batchMean, features.inputGradient(verdict.inputGradient(loss.gradient))
      )
    }
  }
}
