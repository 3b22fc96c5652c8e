/// Nodes and weights of Gauss–Hermite quadrature: Σ wᵢ·f(xᵢ) is the mean of f(√2·x) under a standard
/// normal x, exactly so for polynomials of degree below twice the number of nodes.
struct GaussHermite: Sendable, Hashable {
  /// The zeros of the Hermite polynomial, rising.
  let nodes: [Double]
  /// The weights, which add up to 1.
  let weights: [Double]

  /// A rule of so many nodes, 1…64.
  ///
  /// Zeros by bisection between those of the polynomial below, which they interlace; weights from the
  /// values of the orthonormal polynomials there. Square roots are all that is asked of the machine.
  init(_ count: Int) {
    precondition((1...64).contains(count), "a quadrature of \(count) nodes was asked for")
    // No zero of the polynomial of degree n is beyond √(2n + 1).
    let end = Double(2 * count + 1).squareRoot()
    var zeros: [Double] = []
    for degree in 1...count {
      let ends = [-end] + zeros + [end]
      zeros = (0..<degree).map { Self.zero(of: degree, between: ends[$0], and: ends[$0 + 1]) }
    }
    nodes = zeros
    let raw = zeros.map { x in
      1 / Self.values(x, upTo: count - 1).reduce(0) { $0 + $1 * $1 }
    }
    let sum = raw.reduce(0, +)
    weights = raw.map { $0 / sum }
  }

  /// The orthonormal Hermite polynomials of degrees 0…degree, apart from a factor all share.
  private static func values(_ x: Double, upTo degree: Int) -> [Double] {
    var values = [1.0]
    for n in 0..<max(degree, 0) {
      let before = n == 0 ? 0 : values[n - 1] * (Double(n) / Double(n + 1)).squareRoot()
      values.append(x * (2 / Double(n + 1)).squareRoot() * values[n] - before)
    }
    return values
  }

  private static func zero(of degree: Int, between low: Double, and high: Double) -> Double {
    var (low, high) = (low, high)
    let rises = values(high, upTo: degree)[degree] > 0
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { return middle }
      if (values(middle, upTo: degree)[degree] > 0) == rises { high = middle } else { low = middle }
    }
  }
}
