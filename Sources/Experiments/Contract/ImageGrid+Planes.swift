extension ImageGrid {
  /// Pictures whose channels come one after another, as data sets keep them, with the channels of
  /// each place side by side, as a grid wants them.
  static func interleaved(_ pixels: [UInt8], channels: Int, plane: Int) -> [UInt8] {
    guard channels > 1 else { return pixels }
    let size = channels * plane
    return pixels.indices.map { index in
      let (picture, within) = (index / size, index % size)
      return pixels[picture * size + within % channels * plane + within / channels]
    }
  }
}
