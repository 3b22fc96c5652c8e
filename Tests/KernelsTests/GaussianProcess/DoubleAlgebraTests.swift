import Testing

@testable import Kernels

@Suite struct DoubleAlgebraTests {
  @Test(arguments: Arrangement.all)
  func `a product has the bits of the plain loops, whatever the path and the threads`(
    _ arrangement: Arrangement
  ) {
    let algebra = DoubleAlgebra(arrangement.workspace)
    for (rows, inner, columns) in [(1, 1, 1), (3, 5, 7), (9, 16, 8), (33, 101, 250)] {
      let a = matrix(rows, inner, "a")
      let b = matrix(inner, columns, "b")
      var expected = DoubleMatrix(rows, columns)
      for i in 0..<rows {
        for j in 0..<columns {
          var sum = 0.0
          for k in 0..<inner { sum.addProduct(a[i, k], b[k, j]) }
          expected[i, j] = sum
        }
      }
      #expect(algebra.product(a, b).values.bits == expected.values.bits)
      #expect(
        algebra.product(a.transposed, b, transposeA: true).values.bits == expected.values.bits)
    }
  }

  /// Values of 30 digits, rounded.
  @Test(arguments: Arrangement.all)
  func `exponentials and logarithms are within two units in the last place`(
    _ arrangement: Arrangement
  ) {
    let algebra = DoubleAlgebra(arrangement.workspace)
    let powers: [(Double, Double)] = [
      (-30.5, 5.675685232632723e-14), (-1e-3, 0.999000499833375), (0, 1),
      (0.3, 1.3498588075760032), (1, 2.718281828459045), (20.25, 622964442.1984454),
      (700, 1.0142320547350045e+304),
    ]
    for ((x, wanted), found) in zip(powers, algebra.exp(powers.map(\.0))) {
      #expect(abs(found - wanted) <= 2 * wanted.ulp, "exp \(x)")
    }
    #expect(algebra.exp([-746, -1e9, 711, .infinity]) == [0, 0, .infinity, .infinity])
    #expect(algebra.exp([.nan])[0].isNaN)
    let logs: [(Double, Double)] = [
      (1e-300, -690.7755278982137), (1e-9, -20.72326583694641), (0.1, -2.3025850929940455),
      (0.7071, -0.346583180371942), (1, 0), (1.5, 0.4054651081081644),
      (3e5, 12.611537753638338), (1e300, 690.7755278982137),
    ]
    for ((x, wanted), found) in zip(logs, algebra.log(logs.map(\.0))) {
      #expect(abs(found - wanted) <= 2 * abs(wanted).ulp, "log \(x)")
    }
    let edges = algebra.log([0, .infinity, -1, .nan])
    #expect(edges[0] == -.infinity && edges[1] == .infinity)
    #expect(edges[2].isNaN && edges[3].isNaN)
  }

  @Test(arguments: Arrangement.all)
  func `the normal distribution keeps its digits far into the tail`(_ arrangement: Arrangement) {
    let algebra = DoubleAlgebra(arrangement.workspace)
    let known: [(Double, Double, Double)] = [
      (-37, 5.725571222524577e-300, 2.1200065515246056e-298),
      (-20, 2.7536241186062337e-89, 5.520948362159764e-88),
      (-8.5, 9.479534822203318e-18, 8.16623563166955e-17),
      (-3, 0.0013498980316300946, 0.0044318484119380075),
      (-1, 0.15865525393145705, 0.24197072451914334),
      (-0.1, 0.460172162722971, 0.39695254747701175), (0, 0.5, 0.3989422804014327),
      (0.5, 0.6914624612740131, 0.35206532676429947),
      (2, 0.9772498680518208, 0.05399096651318805),
      (6, 0.9999999990134123, 6.075882849823285e-09), (40, 1, 0),
    ]
    let found = algebra.normal(known.map(\.0))
    for (i, (z, cumulative, density)) in known.enumerated() {
      #expect(abs(found.cumulative[i] - cumulative) <= 2e-13 * cumulative, "Φ(\(z))")
      #expect(abs(found.density[i] - density) <= 2e-13 * density, "φ(\(z))")
    }
    let plain = DoubleAlgebra(Workspace(threads: 1, simd: SIMDPath.available[0]))
    let line = (0..<999).map { Double($0) / 37 - 13 }
    #expect(algebra.normal(line).cumulative.bits == plain.normal(line).cumulative.bits)
    #expect(algebra.normal(line).density.bits == plain.normal(line).density.bits)
  }
}

/// Numbers from −1 to 1, the same for the same name.
func matrix(_ rows: Int, _ columns: Int, _ name: String) -> DoubleMatrix {
  DoubleMatrix(rows, columns, noise(rows * columns, name).map(Double.init))
}

extension [Double] {
  /// What two lists of the same bits share.
  var bits: [UInt64] { map(\.bitPattern) }
}
