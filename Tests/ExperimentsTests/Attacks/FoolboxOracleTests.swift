import Foundation
import Kernels
import Testing

@testable import Attacks

/// Distances of the L2 attack against Foolbox's.
///
/// `Tests/Oracles/foolbox_carlini_wagner.py` wrote them, for networks and pixels that both sides make
/// by the same formula. Both searches end a little beyond the boundary, each in its own way.
@Suite struct FoolboxOracleTests {
  struct Case: Decodable {
    let name: String
    let salt: Int
    let confidence: Float
    let labels: [Int]
    let fooled: [Bool]
    let distances: [Double]
  }

  static func cases() throws -> [Case] {
    let oracles = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Oracles")
    let file = oracles.appending(path: "foolbox_carlini_wagner.json")
    return try JSONDecoder().decode([Case].self, from: Data(contentsOf: file))
  }

  @Test(arguments: 0..<3) func theDistancesAreThoseOfFoolbox(_ index: Int) throws {
    let theirs = try Self.cases()[index]
    let model = try PyTorchOracleTests.model(theirs.name)
    let spread = PyTorchOracleTests.numbers(
      [PyTorchOracleTests.images, PyTorchOracleTests.inputs], salt: theirs.salt)
    let x = ToyModels.workspace.tensor(
      spread.shape, spread.values.map { (($0 + 1) * 128).rounded(.down) / 256 })
    #expect(model.answers(x).map(\.label) == theirs.labels)
    let found = CarliniWagnerTests.perturb(
      x, theirs.labels.map { Aim(label: $0) }, model,
      CarliniWagner(confidence: theirs.confidence))
    #expect(zip(model.answers(found), theirs.labels).map { $0.label != $1 } == theirs.fooled)
    for (our, their) in zip(CarliniWagnerTests.lengths(found - x), theirs.distances) {
      #expect(abs(our - their) <= 0.01 * their, "\(theirs.name): \(our), Foolbox \(their)")
    }
  }
}
