extension ImageGrid {
  /// A row of pictures, black from its last one to so many numbers.
  package static func filled(_ row: [UInt8], to count: Int) -> [UInt8] {
    row + [UInt8](repeating: 0, count: count - row.count)
  }

  /// Pictures whose channels come one after another, as data sets keep them, with the channels of
  /// each place side by side, as a grid wants them.
  package static func interleaved(_ pixels: [UInt8], channels: Int, plane: Int) -> [UInt8] {
    guard channels > 1 else { return pixels }
    let size = channels * plane
    return pixels.indices.map { index in
      let (picture, within) = (index / size, index % size)
      return pixels[picture * size + within % channels * plane + within / channels]
    }
  }
}
