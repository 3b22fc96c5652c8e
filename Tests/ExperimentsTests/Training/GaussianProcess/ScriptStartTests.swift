import Kernels
import Testing

@testable import Training

@Suite struct ScriptStartTests {
  private static let workspace = Workspace(threads: 1)

  /// A convolution, a dense layer.
  private static let body = [[32, 1, 5, 5], [32], [50, 40], [50]].map { workspace.tensor($0) }

  @Test func `weights, and biases of convolutions, lie within two deviations of 0`() {
    let drawn = ScriptStart.weights(like: Self.body, seed: Seed(1, stage: "start"))
    #expect(drawn.map(\.shape) == Self.body.map(\.shape))
    for tensor in drawn.prefix(3) {
      #expect(tensor.values.allSatisfy { abs($0) < 0.2 })
      #expect(Set(tensor.values).count > tensor.values.count * 9 / 10)
    }
  }

  @Test func `biases of dense layers are a tenth`() {
    let drawn = ScriptStart.weights(like: Self.body, seed: Seed(1, stage: "start"))
    #expect(drawn[3].values == [Float](repeating: 0.1, count: 50))
  }

  @Test func `what lies beyond two deviations is drawn again, not moved`() {
    let values = Self.workspace.truncatedNormal(
      [400, 250], deviation: 0.5, seed: Seed(7, stage: "draw")
    ).values.map { Double($0) / 0.5 }
    let count = Double(values.count)
    // A standard normal between −2 and 2 has variance 1 − 2·2·φ(2)/(Φ(2) − Φ(−2)) = 0.7737.
    let variance = values.reduce(0) { $0 + $1 * $1 } / count
    #expect(abs(values.reduce(0, +) / count) < 0.01)
    #expect(abs(variance - 0.7737) < 0.01)
    #expect(values.allSatisfy { abs($0) < 2 })
    // Were they moved to the edge, a twentieth of them would be there.
    #expect(values.count { abs($0) > 1.99 } < values.count / 200)
  }

  @Test func `another seed draws other numbers, the same seed the same`() {
    let first = ScriptStart.weights(like: Self.body, seed: Seed(1, stage: "start"))
    let again = ScriptStart.weights(like: Self.body, seed: Seed(1, stage: "start"))
    let other = ScriptStart.weights(like: Self.body, seed: Seed(2, stage: "start"))
    #expect(first.map(\.values) == again.map(\.values))
    #expect(first[0].values != other[0].values && first[0].values != first[2].values)
  }
}
