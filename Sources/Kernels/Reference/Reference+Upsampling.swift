extension Reference {
  /// Each pixel as a square of equal pixels.
  public static func upsample(_ x: [Float], _ layer: Upsample2D) -> [Float] {
    let (height, width) = (layer.height * layer.factor, layer.width * layer.factor)
    return (0..<x.count / (layer.height * layer.width)).flatMap { plane in
      (0..<height * width).map { place in
        let (i, j) = (place / width / layer.factor, place % width / layer.factor)
        return x[(plane * layer.height + i) * layer.width + j]
      }
    }
  }

  /// ∂L/∂x: the sum over the square of each pixel, row by row from +0.
  public static func upsampleBackward(_ dy: [Float], _ layer: Upsample2D) -> [Float] {
    let wide = layer.width * layer.factor
    return (0..<dy.count / (layer.factor * layer.factor)).map { place in
      let (row, column) = (place / layer.width, place % layer.width)
      var sum: Float = 0
      for i in 0..<layer.factor {
        for k in 0..<layer.factor {
          sum += dy[(row * layer.factor + i) * wide + column * layer.factor + k]
        }
      }
      return sum
    }
  }
}
