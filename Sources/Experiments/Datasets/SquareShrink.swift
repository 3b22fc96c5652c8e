/// Cuts the central square out of a colour picture and shrinks it by averaging over areas.
///
/// A pixel of the result is the mean of the part of the square that it covers; what it covers of a
/// pixel at the edge of that part counts by its area. All sums are exact whole numbers, in units in
/// which a pixel of the square is `side` wide and one of the result `crop`, and the mean is rounded
/// once, to the nearest whole number, halves up: the same on every machine.
struct SquareShrink {
  private let width: Int
  private let height: Int
  private let crop: Int
  private let side: Int
  private let spans: [AreaSpan]

  /// From pictures of `width`×`height` over the central `crop`×`crop` to `side`×`side` pixels.
  ///
  /// Where an odd number of rows or columns is cut off, the last loses one more than the first.
  init(width: Int, height: Int, crop: Int, side: Int) {
    precondition(
      crop <= min(width, height) && side >= 1 && side <= crop,
      "a picture of \(width)×\(height) has no square of \(crop) to shrink to \(side)")
    self.width = width
    self.height = height
    self.crop = crop
    self.side = side
    spans = AreaSpan.spans(of: crop, over: side)
  }

  /// Takes `[height, width, 3]`, pixel by pixel, and gives `[3, side, side]`, channel by channel.
  func apply(_ pixels: [UInt8]) -> [UInt8] {
    precondition(
      pixels.count == 3 * width * height,
      "\(pixels.count) bytes are not a picture of \(width)×\(height)")
    let (top, left) = ((height - crop) / 2, (width - crop) / 2)
    // Sums along the rows of the square, `[crop, side, 3]`, then along its columns.
    var sums: [Int] = []
    sums.reserveCapacity(crop * side * 3)
    for row in top..<top + crop {
      for span in spans {
        var (red, green, blue) = (0, 0, 0)
        var source = 3 * (row * width + left + span.first)
        for weight in span.weights {
          red += weight * Int(pixels[source])
          green += weight * Int(pixels[source + 1])
          blue += weight * Int(pixels[source + 2])
          source += 3
        }
        sums.append(red)
        sums.append(green)
        sums.append(blue)
      }
    }
    let area = crop * crop
    var result: [UInt8] = []
    result.reserveCapacity(3 * side * side)
    for channel in 0..<3 {
      for span in spans {
        for column in 0..<side {
          var sum = area / 2
          for (offset, weight) in span.weights.enumerated() {
            sum += weight * sums[3 * ((span.first + offset) * side + column) + channel]
          }
          result.append(UInt8(sum / area))
        }
      }
    }
    return result
  }
}
