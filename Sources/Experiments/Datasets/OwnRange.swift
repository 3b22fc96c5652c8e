import Contract
import Kernels

/// Pictures of numbers that are not pixels, such as images far along a gradient or random ones: each
/// from black to white over its own range.
package struct OwnRange {
  /// Rows of a picture.
  package let height: Int
  /// Columns of a picture.
  package let width: Int
  /// 1 for grey, 3 for red, green, blue.
  package let channels: Int

  /// Pictures of the shape of these images.
  package init(like images: LabelledImages) {
    (height, width, channels) = (images.height, images.width, images.channels)
  }

  /// One picture after another for the rows of `x: [n, channels·height·width]`, which hold a channel
  /// after the other; pictures have theirs interleaved.
  package func pixels(_ x: Tensor) -> [UInt8] {
    let (all, area) = (x.values, height * width)
    let planes = stride(from: 0, to: all.count, by: channels * area).flatMap { first -> [UInt8] in
      let picture = all[first..<first + channels * area]
      let (low, high) = (picture.min() ?? 0, picture.max() ?? 0)
      return grey(picture.map { ($0 - low) / max(high - low, .leastNormalMagnitude) })
    }
    return ImageGrid.interleaved(planes, channels: channels, plane: area)
  }
}
