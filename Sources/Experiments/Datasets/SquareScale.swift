/// Enlarges or shrinks square grey pictures into the middle of a larger black square.
///
/// A pixel of the result is the mean over the area of the original that it covers. All sums are exact
/// whole numbers and the mean is rounded once, to the nearest whole number, halves up: the same on
/// every machine. Enlarged by this rule an edge between black and white stays where it was, and gets
/// grey where it falls within a pixel.
package struct SquareScale {
  private let from: Int
  private let side: Int
  private let margin: Int
  private let spans: [AreaSpan]

  /// From `from`×`from` to `side`×`side` pixels, of which `margin` stay black along every edge.
  package init(from: Int, to side: Int, margin: Int) {
    precondition(
      from >= 1 && margin >= 0 && side > 2 * margin,
      "a margin of \(margin) leaves nothing of a square of \(side)")
    self.from = from
    self.side = side
    self.margin = margin
    spans = AreaSpan.spans(of: from, over: side - 2 * margin)
  }

  /// Takes `[from, from]` and gives `[side, side]`, both row by row.
  package func apply(_ pixels: ArraySlice<UInt8>) -> [UInt8] {
    precondition(
      pixels.count == from * from, "\(pixels.count) bytes are not a square of \(from)")
    var result = [UInt8](repeating: 0, count: side * side)
    let area = from * from
    for (row, down) in spans.enumerated() {
      for (column, across) in spans.enumerated() {
        var sum = area / 2
        for (y, height) in down.weights.enumerated() {
          let start = pixels.startIndex + (down.first + y) * from + across.first
          for (x, width) in across.weights.enumerated() {
            sum += height * width * Int(pixels[start + x])
          }
        }
        result[(margin + row) * side + margin + column] = UInt8(sum / area)
      }
    }
    return result
  }
}
