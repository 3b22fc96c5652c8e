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

  static func cases() throws -> [Case] { try OracleFile.read("foolbox_carlini_wagner.json") }

  @Test(arguments: 0..<3) func theDistancesAreThoseOfFoolbox(_ index: Int) throws {
    let theirs = try Self.cases()[index]
    let model = try PyTorchOracleTests.model(theirs.name)
    let x = PyTorchOracleTests.pixels(salt: theirs.salt)
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
