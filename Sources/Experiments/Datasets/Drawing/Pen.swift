/// Turns polylines into the grey pixels of one square picture.
struct Pen {
  let side: Int
  /// How far each pixel's centre is outside of the ink, in pixels; negative within.
  private var outside: [Float]

  init(side: Int) {
    self.side = side
    self.outside = [Float](repeating: Float(side), count: side * side)
  }

  /// Forgets what was drawn.
  mutating func clear() {
    for i in outside.indices { outside[i] = Float(side) }
  }

  /// Draws a line whose half width goes from `radius.start` to `radius.end`; the picture will be
  /// right up to `seam` pixels beside the ink.
  mutating func draw(_ line: [PenPoint], radius: (start: Float, end: Float), seam: Float) {
    let pieces = Float(line.count - 1)
    for i in 0..<line.count - 1 {
      let r = radius.start + (radius.end - radius.start) * (Float(i) / pieces)
      drawPiece(from: line[i], to: line[i + 1], radius: r, seam: seam)
    }
  }

  /// Appends the pixels, row by row: 0 is paper, 255 · `ink` is full ink, with a smooth edge.
  func render(seam: Float, ink: Float, into pixels: inout [UInt8]) {
    for distance in outside {
      let t = min(max(0.5 - distance / seam, 0), 1)
      let coverage = t * t * (3 - 2 * t)
      pixels.append(UInt8(255 * ink * coverage + 0.5))
    }
  }

  private mutating func drawPiece(
    from a: PenPoint, to b: PenPoint, radius: Float, seam: Float
  ) {
    let reach = radius + seam
    let columns = span(min(a.x, b.x) - reach, max(a.x, b.x) + reach)
    let rows = span(min(a.y, b.y) - reach, max(a.y, b.y) + reach)
    let along = b - a
    let length2 = along.x * along.x + along.y * along.y
    let inverse = length2 > 0 ? 1 / length2 : 0
    for row in rows {
      let py = Float(row) + 0.5 - a.y
      for column in columns {
        let px = Float(column) + 0.5 - a.x
        let t = min(max((px * along.x + py * along.y) * inverse, 0), 1)
        let (dx, dy) = (px - t * along.x, py - t * along.y)
        let distance = (dx * dx + dy * dy).squareRoot() - radius
        let pixel = row * side + column
        if distance < outside[pixel] { outside[pixel] = distance }
      }
    }
  }

  /// The pixels whose centres may lie between two coordinates, within the picture.
  private func span(_ low: Float, _ high: Float) -> Range<Int> {
    let last = Float(side)
    let first = Int(min(max(low, 0), last))
    return first..<max(first, Int(min(max(high + 1, 0), last)))
  }
}
