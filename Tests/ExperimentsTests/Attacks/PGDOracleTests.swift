import Kernels
import Testing

@testable import Attacks

/// Where the iterated gradient leads, against Foolbox.
///
/// `Tests/Oracles/foolbox_pgd.py` wrote the images, for networks and pixels that both sides make by the
/// same formula, in single precision on both sides.
@Suite struct PGDOracleTests {
  struct Case: Decodable {
    let name: String
    let salt: Int
    let norm: String
    let epsilon: Float
    let step: Float
    let steps: Int
    let labels: [Int]
    let images: [Float]
  }

  static func cases() throws -> [Case] { try OracleFile.read("foolbox_pgd.json") }

  @Test(arguments: 0..<4) func theImagesAreThoseOfFoolbox(_ index: Int) throws {
    let theirs = try Self.cases()[index]
    let model = try PyTorchOracleTests.model(theirs.name)
    let x = PyTorchOracleTests.pixels(salt: theirs.salt)
    let ball: any NormBall =
      theirs.norm == "l2"
      ? L2Ball(epsilon: theirs.epsilon, clips: true)
      : LInfBall(epsilon: theirs.epsilon, clips: true)
    let found = PGD(ball, steps: theirs.steps, stepSize: theirs.step, startsAtRandom: false)
      .perturb(
        x, rows: 0..<theirs.labels.count, labels: theirs.labels, against: model,
        seed: Seed(1, stage: "oracle")
      ).values
    #expect(found.count == theirs.images.count)
    // A gradient within rounding of 0 may have either sign; all others agree.
    let strays = zip(found, theirs.images).count { abs($0 - $1) > 2e-5 }
    #expect(strays <= found.count / 200, "\(strays) of \(found.count) values differ")
  }
}
