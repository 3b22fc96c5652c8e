import Foundation
import Testing

@testable import Kernels

/// The stated error bounds, against the double-precision functions of the host.
@Suite struct ElementaryFunctionTests {
  /// The largest error over evenly spaced arguments, in units in the last place of the result.
  private func worstError(
    from low: Float, to high: Float, _ ours: (Float) -> Float, _ exact: (Double) -> Double
  ) -> Double {
    let count = 200_000
    return (0...count).map { i in
      let x = low + (high - low) * (Float(i) / Float(count))
      let expected = exact(Double(x))
      return abs(Double(ours(x)) - expected) / Double(Float(expected).ulp)
    }.max() ?? .infinity
  }

  @Test func expIsWithinOneUnit() {
    #expect(worstError(from: -87, to: 88.5, Reference.exp, exp) < 1)
    #expect(worstError(from: -1, to: 1, Reference.exp, exp) < 1)
    #expect(worstError(from: -103, to: -87, Reference.exp, exp) < 1)
  }

  @Test func logIsWithinOneUnit() {
    #expect(worstError(from: 1e-3, to: 4, Reference.log, log) < 1)
    #expect(worstError(from: 0.9, to: 1.1, Reference.log, log) < 1)
    #expect(worstError(from: 1, to: 1e30, Reference.log, log) < 1)
    #expect(worstError(from: 0x1p-139, to: 0x1p-123, Reference.log, log) < 1)
  }

  @Test func tanhIsWithinFourUnits() {
    #expect(worstError(from: -0.6, to: 0.6, Reference.tanh, tanh) < 4)
    #expect(worstError(from: -12, to: 12, Reference.tanh, tanh) < 4)
  }

  @Test func sigmoidAndSoftplusAreWithinThreeUnits() {
    #expect(worstError(from: -80, to: 80, Reference.sigmoid) { 1 / (1 + exp(-$0)) } < 3)
    #expect(
      worstError(from: -80, to: 80, Reference.softplus) { log1p(exp(-abs($0))) + max($0, 0) } < 3)
    #expect(
      worstError(from: -2, to: 2, Reference.softplus) { log1p(exp(-abs($0))) + max($0, 0) } < 3)
  }

  @Test func endsOfTheRangeAreExact() {
    #expect(Reference.exp(0) == 1)
    #expect(Reference.exp(100) == .infinity)
    #expect(Reference.exp(-110) == 0)
    #expect(Reference.log(1) == 0)
    #expect(Reference.log(0) == -.infinity)
    #expect(Reference.log(-1).isNaN)
    #expect(Reference.tanh(30) == 1 && Reference.tanh(-30) == -1)
    #expect(Reference.exp(.nan).isNaN && Reference.tanh(.nan).isNaN)
  }
}
