import Kernels

/// A threat model that allows rotations: an image may turn by at most an angle, and keeps its length.
///
/// The angle is given by its cosine, so that no trigonometric function is needed whose last bits
/// differ between machines.
package struct Cone: ThreatModel, Hashable {
  /// cos θ, 0…1; 1 allows nothing.
  package let cosine: Double

  /// A cone of this angle.
  package init(cosine: Double) {
    precondition((0...1).contains(cosine), "\(cosine) is no cosine of an angle up to 90°")
    self.cosine = cosine
  }

  /// The point of the cone's edge around each row of `center` that lies towards `direction`; the row
  /// itself where there is no such direction.
  package func edge(from center: Tensor, towards direction: Tensor) -> Tensor {
    rotated(center, direction) { _ in cosine }
  }

  /// Rows of `x`, each brought to the length of its centre, and into the cone where it is outside.
  package func project(_ x: Tensor, around center: Tensor) -> Tensor {
    rotated(center, x) { max($0, cosine) }
  }

  /// Rotates each row of `center` towards the same row of `other`, by the angle whose cosine `angle`
  /// gives for the cosine between the two.
  private func rotated(
    _ center: Tensor, _ other: Tensor, _ angle: (Double) -> Double
  ) -> Tensor {
    let length = center.shape[1]
    var result = center
    other.withUnsafeBuffer { other in
      result.withUnsafeMutableBuffer { out in
        guard let other = other.baseAddress, let here = out.baseAddress else { return }
        for start in stride(from: 0, to: out.count, by: length) {
          let row = start..<start + length
          let size = dot(row, here, here).squareRoot()
          let reach = dot(row, other, other).squareRoot()
          guard size > 0, reach > 0 else { continue }
          let between = dot(row, here, other) / (size * reach)
          let cosine = angle(min(1, max(-1, between)))
          // The part of `other` at right angles to the row, per unit of its own length.
          let aside = max(0, 1 - between * between).squareRoot()
          guard aside > 1e-6 else { continue }
          let sine = max(0, 1 - cosine * cosine).squareRoot()
          for i in row {
            let unit = Double(out[i]) / size
            let right = (Double(other[i]) / reach - between * unit) / aside
            out[i] = Float(size * (cosine * unit + sine * right))
          }
        }
      }
    }
    return result
  }

  private func dot(
    _ row: Range<Int>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>
  ) -> Double { row.reduce(0.0) { $0 + Double(a[$1]) * Double(b[$1]) } }
}
