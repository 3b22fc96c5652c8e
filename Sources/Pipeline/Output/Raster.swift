import Contract

/// Pixels ready to be written: row-major, channels interleaved, 0 black … 255 full.
struct Raster: Hashable, Sendable {
  /// Pixels from left to right.
  let width: Int
  /// Pixels from top to bottom.
  let height: Int
  /// 1 for grey, 3 for red, green, blue.
  let channels: Int
  /// `height · width · channels` bytes.
  var pixels: [UInt8]

  /// A picture of one colour, which has one value a channel.
  init(width: Int, height: Int, filledWith colour: [UInt8]) {
    precondition(width > 0 && height > 0, "a picture of \(width)×\(height) pixels is none")
    self.width = width
    self.height = height
    self.channels = colour.count
    self.pixels = (0..<width * height).flatMap { _ in colour }
  }

  /// Fills a rectangle that lies within the picture.
  mutating func fill(x: Int, y: Int, width: Int, height: Int, with colour: [UInt8]) {
    precondition(colour.count == channels, "\(colour.count) values for \(channels) channels")
    for row in y..<y + height {
      for column in x..<x + width {
        for channel in 0..<channels {
          pixels[(row * self.width + column) * channels + channel] = colour[channel]
        }
      }
    }
  }
}

/// From pictures to pixels.
extension ImageGrid {
  /// The longer side of one picture after magnification is at least this, so that a digit of 28
  /// pixels is looked at without a magnifying glass.
  static let comfortableSide = 80
  /// Pixels between pictures, and around them all.
  static let gap = 6
  /// Pixels of the box around a picture, drawn inside the gap.
  static let boxWidth = 3
  /// The gap: a grey that is neither the black of a digit's background nor the white of its stroke.
  private static let paper: UInt8 = 0xE6
  /// The box: vermilion, which stays apart from black, white and grey in every kind of colour vision.
  private static let box: [UInt8] = [0xD5, 0x5E, 0x00]

  /// The whole number by which each pixel is enlarged.
  var magnification: Int {
    let side = max(height, width)
    return max(1, (Self.comfortableSide + side - 1) / side)
  }

  /// The grid as one picture; it has colours if the pictures have, or if one of them is boxed.
  var raster: Raster {
    let (cellWidth, cellHeight) = (width * magnification, height * magnification)
    let rows = (count + columns - 1) / columns
    let isColoured = channels == 3 || !boxed.isEmpty
    let paper = [UInt8](repeating: Self.paper, count: isColoured ? 3 : 1)
    var raster = Raster(
      width: min(columns, count) * (cellWidth + Self.gap) + Self.gap,
      height: rows * (cellHeight + Self.gap) + Self.gap, filledWith: paper)
    for picture in 0..<count {
      let x = Self.gap + picture % columns * (cellWidth + Self.gap)
      let y = Self.gap + picture / columns * (cellHeight + Self.gap)
      if boxed.contains(picture) {
        raster.fill(
          x: x - Self.boxWidth, y: y - Self.boxWidth, width: cellWidth + 2 * Self.boxWidth,
          height: cellHeight + 2 * Self.boxWidth, with: Self.box)
      }
      draw(picture, into: &raster, x: x, y: y)
    }
    return raster
  }

  private func draw(_ picture: Int, into raster: inout Raster, x: Int, y: Int) {
    let first = picture * height * width * channels
    for row in 0..<height {
      for column in 0..<width {
        let source = first + (row * width + column) * channels
        let colour = (0..<raster.channels).map { pixels[source + min($0, channels - 1)] }
        raster.fill(
          x: x + column * magnification, y: y + row * magnification, width: magnification,
          height: magnification, with: colour)
      }
    }
  }
}
