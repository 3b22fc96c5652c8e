import Kernels
import Testing

@testable import Models
@testable import Training

/// Gradients of generative objectives against finite differences of what they say they minimise.
@Suite struct GenerativeObjectiveTests {
  static let x = ToyAutoencoders.pixels(4)
  static let seed = Seed(2, stage: "step")

  /// Compares the gradient of each network with differences of its own part of the measures.
  private func check(
    _ objective: some GenerativeObjective, _ networks: [Network],
    _ minimised: [([Double]) -> Double]
  ) {
    let gradients = objective.step(networks, on: Self.x, seed: Self.seed).gradients
    for (which, network) in networks.enumerated() {
      #expect(gradients[which].map(\.shape) == network.weights.map(\.shape))
      for (place, weight) in network.weights.enumerated() {
        for i in stride(from: 0, to: weight.count, by: max(1, weight.count / 6)) {
          let sides = [Float(1e-2), -1e-2].map { h -> Double in
            var weights = network.weights
            weights[place].values[i] += h
            var moved = networks
            moved[which] = network.with(weights)
            return minimised[which](objective.step(moved, on: Self.x, seed: Self.seed).measures)
          }
          let expected = (sides[0] - sides[1]) / 2e-2
          let found = Double(gradients[which][place].values[i])
          #expect(
            abs(expected - found) < 5e-3 + 0.02 * abs(expected),
            "network \(which), weights \(place), number \(i): \(found), not \(expected)")
        }
      }
    }
  }

  /// Networks without kinks: finite differences near one say nothing.
  static func smooth(_ text: String, _ name: String) throws -> Network {
    ToyAutoencoders.network(try #require(Architecture(text: text)), name)
  }

  @Test(arguments: [Autoencoder.Likelihood.bernoulli, .gaussian(variance: 0.5)])
  func theBoundIsWhatAVAEMinimises(_ likelihood: Autoencoder.Likelihood) throws {
    let networks = [
      try Self.smooth("dense(16,7) tanh dense(7,6)", "e"),
      try Self.smooth("dense(3,7) tanh dense(7,16)", "d"),
    ]
    let bound: ([Double]) -> Double = { $0[0] + 2 * $0[1] }
    check(
      VAEObjective(likelihood: likelihood, divergenceWeight: 2), networks, [bound, bound])
  }

  @Test func eachNetworkOfAVAEGANMinimisesItsOwnPart() throws {
    let networks = [
      try Self.smooth("dense(16,7) tanh dense(7,6)", "e"),
      try Self.smooth("dense(3,7) tanh dense(7,16)", "d"),
      try Self.smooth("dense(16,6) tanh dense(6,5) tanh", "t"), try Self.smooth("dense(5,1)", "h"),
    ]
    let (features, pixels, deception) = (3.0, 0.25, 0.5)
    let objective = VAEGANObjective(
      featureWeight: Float(features), pixelWeight: Float(pixels),
      deceptionWeight: Float(deception), discriminatorFloor: 0)
    check(
      objective, networks,
      [
        { pixels * $0[0] + features * $0[1] + $0[2] },
        { pixels * $0[0] + features * $0[1] + deception * 2 * $0[4] },
        { $0[3] }, { $0[3] },
      ])
    let resting = VAEGANObjective(
      featureWeight: Float(features), pixelWeight: Float(pixels),
      deceptionWeight: Float(deception), discriminatorFloor: 10)
    let (own, others) = (
      resting.step(networks, on: Self.x, seed: Self.seed).gradients,
      objective.step(networks, on: Self.x, seed: Self.seed).gradients
    )
    #expect(own[0].map(\.values) == others[0].map(\.values))
    #expect(own[1].map(\.values) == others[1].map(\.values))
    #expect(own[2...].joined().allSatisfy { $0.largestMagnitude() == 0 })
  }
}
