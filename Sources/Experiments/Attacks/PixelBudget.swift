import Kernels

/// A threat model that counts pixels: so many may change, to any value in 0…1 (L0).
///
/// Papernot and others 2016, §III, bound the share of changed pixels, Υ.
struct PixelBudget: ThreatModel, Hashable {
  /// The most pixels of an image that may change.
  let pixels: Int

  /// A budget of so many pixels.
  init(pixels: Int) {
    precondition(pixels >= 0, "\(pixels) pixels are no budget")
    self.pixels = pixels
  }

  /// Values clipped to 0…1; where more pixels than allowed have moved, those that moved most stay
  /// moved, of equals the lower ones, and the others go back.
  func project(_ x: Tensor, around center: Tensor) -> Tensor {
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
}
