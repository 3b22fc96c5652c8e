import Kernels
import Testing

@testable import Contract
@testable import Datasets
@testable import Models

@Suite struct AutoencoderTests {
  static let workspace = ToyModels.workspace

  @Test(arguments: [Autoencoder.Likelihood.bernoulli, .gaussian(variance: 0.25)])
  func whatIsWrittenCanBeReadBack(_ likelihood: Autoencoder.Likelihood) throws {
    let model = ToyAutoencoders.model(ToyAutoencoders.convolutional, likelihood)
    let read = try Autoencoder(model.bundle, in: Self.workspace)
    let x = ToyAutoencoders.pixels(4)
    #expect(read.likelihood == likelihood && read.latent == 3)
    #expect(read.reconstruct(x).values == model.reconstruct(x).values)
  }

  @Test func whatIsNoAutoencoderIsRefused() throws {
    var bundle = ToyAutoencoders.model().bundle
    bundle.metadata["likelihood"] = "poisson"
    #expect(throws: StageFailure.self) { try Autoencoder(bundle, in: Self.workspace) }
    bundle.metadata["likelihood"] = "bernoulli"
    bundle.arrays = bundle.arrays.filter { $0.key.hasPrefix("encoder/") }
    #expect(throws: StageFailure.self) { try Autoencoder(bundle, in: Self.workspace) }
    let wrong = Autoencoder(
      encoder: ToyAutoencoders.network(Architecture([Dense(inputs: 16, outputs: 4)]), "e"),
      decoder: ToyAutoencoders.network(Architecture([Dense(inputs: 3, outputs: 16)]), "d"),
      likelihood: .bernoulli)
    #expect(throws: StageFailure.self) { try Autoencoder(wrong.bundle, in: Self.workspace) }
  }

  @Test func theCodeIsTheMeanOfThePosterior() {
    for networks in [
      GenerativeNetworks(.dense(hidden: 7), latent: 3), ToyAutoencoders.convolutional,
    ] {
      let (model, x) = (ToyAutoencoders.model(networks), ToyAutoencoders.pixels(5))
      #expect(model.code(x).values == model.posterior(x).mean.values)
    }
  }

  @Test func theCompositeReadsWhatTheReaderReads() {
    for model in [ToyAutoencoders.model(), ToyAutoencoders.model(ToyAutoencoders.convolutional)] {
      let (reader, x) = (ToyAutoencoders.reader(model), ToyAutoencoders.pixels(9))
      #expect(reader.composite.answers(x).map(\.label) == reader.labels(x, passes: 0))
      #expect(
        reader.labels(x, passes: 1) == reader.labels(model.reconstruct(x), passes: 0))
    }
  }

  @Test func drawsHaveTheMomentsOfThePosterior() {
    let output = Self.workspace.tensor(
      [4000, 2],
      [Float](repeating: 0, count: 8000).enumerated().map { $0.offset % 2 == 0 ? 1.5 : -1 })
    let z = Posterior(output).sampled(Seed(3, stage: "draws")).z.values
    let mean = z.reduce(0, +) / 4000
    let variance = z.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 4000
    // Four standard errors: 4·0.607/√4000 and 4·0.368·√(2/4000).
    #expect(abs(mean - 1.5) < 0.039)
    #expect(abs(variance - 0.3679) < 0.033)
  }

  @Test func densitiesAndEntropiesAreThoseOfTheNormalDistribution() {
    let posterior = Posterior(Self.workspace.tensor([1, 4], [1, -2, 0, 2]))
    let z = Self.workspace.tensor([1, 2], [2, -2])
    // N(1, 1) at 2 and N(−2, e²) at −2.
    #expect(abs(posterior.logDensity(z)[0] + (0.5 + 1 + Posterior.logTwoPi)) < 1e-5)
    #expect(abs(posterior.entropies[0] - (1 + 1 + Posterior.logTwoPi)) < 1e-5)
  }

  @Test func networksFitTheirImagesOrSaySo() throws {
    let images = LabelledImages(
      images: [UInt8](repeating: 0, count: 36), labels: [0], height: 6, width: 6)
    #expect(throws: StageFailure.self) { try ToyAutoencoders.convolutional.requireFit(images) }
    #expect(throws: Never.self) {
      try GenerativeNetworks(.dense(hidden: 2), latent: 2).requireFit(images)
    }
    let decoder = ToyAutoencoders.convolutional.decoder(ToyAutoencoders.images)
    #expect(Architecture(text: decoder.text) == decoder, "its layers fit together")
    #expect(decoder.multiplyAdds == 3 * 3 + 4 * 9 * 3 * 2 + 16 * 9 * 2 * 1)
  }

  @Test(arguments: [
    ("kernels", Setting.list([.int(3)])), ("kernels", .list([.double(1.5), .int(2)])),
    ("kernel-side", .int(4)), ("network", .string("recurrent")), ("latent", .int(0)),
  ])
  func badSizesAreErrorsWithAPlace(_ name: String, _ value: Setting) {
    var options: [String: Setting] = [
      "network": .string("convolutional"), "latent": .int(3), "kernels": .list([.int(2), .int(3)]),
      "kernel-side": .int(3),
    ]
    options[name] = value
    var reader = OptionReader(options)
    let error = #expect(throws: OptionError.self) { try GenerativeNetworks(&reader) }
    #expect(error?.path.first == name)
  }
}
