extension Reference {
  /// The largest of each window and where it is in x; the first of equals in row-major order.
  public static func maxPool(_ x: [Float], _ layer: MaxPool2D) -> (y: [Float], winner: [Int]) {
    var (y, winner) = ([Float](), [Int]())
    for plane in 0..<x.count / (layer.height * layer.width) {
      for i in 0..<layer.outHeight {
        for j in 0..<layer.outWidth {
          let (top, left) = (i * layer.stride, j * layer.stride)
          var best = (plane * layer.height + top) * layer.width + left
          for row in top..<min(top + layer.window, layer.height) {
            for column in left..<min(left + layer.window, layer.width) {
              let place = (plane * layer.height + row) * layer.width + column
              if x[place] > x[best] { best = place }
            }
          }
          y.append(x[best])
          winner.append(best)
        }
      }
    }
    return (y, winner)
  }

  /// ∂L/∂x of a pooling with these winners: gradients are added to +0 in the order of the windows.
  public static func maxPoolBackward(_ dy: [Float], winner: [Int], count: Int) -> [Float] {
    var dx = [Float](repeating: 0, count: count)
    for (gradient, place) in zip(dy, winner) { dx[place] += gradient }
    return dx
  }

  /// The largest of adjacent channels at each pixel and where it is in x; the first of equals.
  public static func maxoutChannels(
    _ x: [Float], _ layer: MaxoutChannels
  ) -> (y: [Float], winner: [Int]) {
    var (y, winner) = ([Float](), [Int]())
    for unit in 0..<x.count / (layer.pieces * layer.pixels) {
      for pixel in 0..<layer.pixels {
        var best = unit * layer.pieces * layer.pixels + pixel
        for piece in 1..<max(layer.pieces, 1) {
          let place = (unit * layer.pieces + piece) * layer.pixels + pixel
          if x[place] > x[best] { best = place }
        }
        y.append(x[best])
        winner.append(best)
      }
    }
    return (y, winner)
  }

  /// ∂L/∂x of a maximum over channels: the winners get the gradient as it is, the others +0.
  public static func maxoutChannelsBackward(
    _ dy: [Float], winner: [Int], count: Int
  ) -> [Float] {
    var dx = [Float](repeating: 0, count: count)
    for (gradient, place) in zip(dy, winner) { dx[place] = gradient }
    return dx
  }

  /// What a seed keeps of the channels of `x`, times `scale`; a channel is an element of `dropout`.
  public static func channelDropout(
    _ x: [Float], pixels: Int, keep: Float, scale: Float, seed: Seed
  ) -> [Float] {
    let ones = [Float](repeating: 1, count: x.count / pixels)
    let kept = dropout(ones, keep: keep, scale: 1, seed: seed)
    return x.enumerated().map { kept[$0 / pixels] == 0 ? 0 : $1 * scale }
  }

  /// Rows of several matrices side by side; each comes with its number of columns.
  public static func concatenation(_ parts: [(values: [Float], columns: Int)]) -> [Float] {
    let rows = parts.first.map { $0.values.count / $0.columns } ?? 0
    return (0..<rows).flatMap { row in
      parts.flatMap { $0.values[row * $0.columns..<(row + 1) * $0.columns] }
    }
  }
}
