import Testing

@testable import Kernels

@Suite struct ElementwiseTests {
  /// Ordinary numbers, the ends of the range, and both zeros.
  static let numbers: [Float] =
    noise(501, "numbers").map { $0 * 12 } + [
      0, -0.0, 1, -1, 0x1p-133, -0x1p-133, 1e-30, 88.7, 88.8, 89.1, -87.4, -103.9, -104.1, 1e38,
      -1e38,
      .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
    ]

  private func check(
    _ arrangement: Arrangement, _ name: String, _ fast: (Tensor) -> Tensor,
    _ plain: (Float) -> Float
  ) {
    let x = arrangement.workspace.tensor([Self.numbers.count], Self.numbers)
    for (i, (got, expected)) in zip(fast(x).values, Self.numbers.map(plain)).enumerated() {
      let same = got.bitPattern == expected.bitPattern || (got.isNaN && expected.isNaN)
      #expect(same, "\(name)(\(Self.numbers[i])) is \(got), not \(expected)")
    }
  }

  @Test(arguments: Arrangement.all)
  func functionsHaveTheBitsOfThePlainOnes(_ arrangement: Arrangement) {
    check(arrangement, "exp", { $0.exponentials() }, Reference.exp)
    check(arrangement, "log", { $0.logarithms() }, Reference.log)
    check(arrangement, "tanh", { $0.hyperbolicTangents() }, Reference.tanh)
    check(arrangement, "sigmoid", { $0.sigmoid() }, Reference.sigmoid)
    check(arrangement, "softplus", { $0.softplus() }, Reference.softplus)
    check(arrangement, "sqrt", { $0.squareRoots() }, { $0.squareRoot() })
    check(arrangement, "magnitude", { $0.magnitudes() }, { $0.magnitude })
    check(arrangement, "sign", { $0.sign() }, { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 })
    check(arrangement, "relu", { ReLU().infer($0, []) }, { $0 > 0 ? $0 : 0 })
    check(arrangement, "clamp", { $0.clamped(to: -2...3) }, { $0 < -2 ? -2 : $0 > 3 ? 3 : $0 })
    check(arrangement, "scale", { $0 * 0.3 }, { $0 * 0.3 })
    check(arrangement, "shift", { $0 + 0.3 }, { $0 + 0.3 })
  }

  @Test(arguments: Arrangement.all)
  func pairsGoElementByElement(_ arrangement: Arrangement) {
    let workspace = arrangement.workspace
    let count = 2 * elementRun + 19
    let (a, b) = (noise(count, "a"), noise(count, "b"))
    let (x, y) = (workspace.tensor([count], a), workspace.tensor([count], b))
    #expect((x + y).values.bits == zip(a, b).map { $0 + $1 }.bits)
    #expect((x - y).values.bits == zip(a, b).map { $0 - $1 }.bits)
    #expect((x * y).values.bits == zip(a, b).map { $0 * $1 }.bits)
    #expect((x / y).values.bits == zip(a, b).map { $0 / $1 }.bits)
    #expect(
      x.adding(y, scaledBy: 0.7).values.bits == zip(a, b).map { $0.addingProduct($1, 0.7) }.bits)
  }

  @Test func signOfBothZerosIsZero() {
    let signs = Workspace(threads: 1).tensor([4], [0, -0.0, -3, 0x1p-149]).sign().values
    #expect(signs == [0, 0, -1, 1])
  }

  @Test(arguments: Arrangement.all)
  func bytesBecomeSharesOf255(_ arrangement: Arrangement) {
    let pixels = (0..<256 * 3).map { UInt8($0 % 256) }
    let x = gatherPixels(pixels, rowLength: 256, rows: [2, 0], in: arrangement.workspace)
    #expect(x.shape == [2, 256])
    #expect(x.values == (0..<512).map { Float($0 % 256) / 255 })
  }
}
