import Contract
import Kernels

/// A threat model that counts pixels: so many may change, to any value in 0…1 (L0).
///
/// Papernot and others 2016, §III, bound the share of changed pixels, Υ.
package struct PixelBudget: NormBall, Hashable {
  /// The word for it in the spec.
  package static let kind = "l0"
  /// What it is.
  package static let summary = "so many pixels may change, to anything between black and white"

  /// The most pixels of an image that may change.
  let pixels: Int
  /// The same as a number.
  package var radius: Float { Float(pixels) }
  /// How many pixels.
  package var words: String { "at most \(pixels) pixels" }

  /// A budget of so many pixels.
  package init(pixels: Int) {
    precondition(pixels >= 0, "\(pixels) pixels are no budget")
    self.pixels = pixels
  }

  /// Takes the number of `pixels`.
  package init(options: inout OptionReader) throws(OptionError) {
    self.init(pixels: try options.int("pixels", in: 0...1_000_000))
  }

  /// Values clipped to 0…1; where more pixels than allowed have moved, those that moved most stay
  /// moved, of equals the lower ones, and the others go back.
  package func project(_ x: Tensor, around center: Tensor) -> Tensor {
    var result = x.clamped(to: 0...1)
    let width = x.shape[1]
    center.withUnsafeBuffer { from in
      result.withUnsafeMutableBuffer { to in
        for start in stride(from: 0, to: to.count, by: width) {
          let moved = (start..<start + width).filter { to[$0] != from[$0] }
          guard moved.count > pixels else { continue }
          let ordered = moved.sorted { abs(to[$0] - from[$0]) > abs(to[$1] - from[$1]) }
          for i in ordered.dropFirst(pixels) { to[i] = from[i] }
        }
      }
    }
    return result
  }

  /// Values in 0…1.
  package func clipped(_ x: Tensor) -> Tensor { x.clamped(to: 0...1) }

  /// The `size` pixels that gain most by going to black or white go there, of equals the first; a
  /// pixel without a gain stays.
  package func steepestStep(from x: Tensor, along gradient: Tensor, size: Float) -> Tensor {
    let (slopes, pixels, width) = (gradient.values, x.values, x.shape[1])
    return Tensor.fillingRows(like: x, Array(0..<x.shape[0])) { row, _ in
      var own = Array(pixels[row * width..<(row + 1) * width])
      let gains = (0..<width).map { i in
        let slope = slopes[row * width + i]
        return slope * ((slope > 0 ? 1 : 0) - own[i])
      }
      let order = gains.indices.filter { gains[$0] > 0 }.sorted {
        gains[$0] != gains[$1] ? gains[$0] > gains[$1] : $0 < $1
      }
      for i in order.prefix(Int(size)) { own[i] = slopes[row * width + i] > 0 ? 1 : 0 }
      return own
    }
  }

  /// As many random pixels as allowed, each anything between black and white.
  package func randomStart(around center: Tensor, positions: [Int], seed: Seed) -> Tensor {
    let (values, width) = (center.values, center.shape[1])
    return Tensor.fillingRows(like: center, positions) { row, position in
      let own = seed.forked(position)
      var image = Array(values[row * width..<(row + 1) * width])
      for (k, i) in own.forked("places").permutation(of: width).prefix(pixels).enumerated() {
        image[i] = own.uniform(at: k)
      }
      return image
    }
  }
}
