/// Equally sized pictures, laid out in rows.
package struct ImageGrid: Hashable, Sendable {
  /// What the picture shows, for the report.
  package let caption: String
  /// Pixels of one picture, top to bottom.
  package let height: Int
  /// Pixels of one picture, left to right.
  package let width: Int
  /// 1 for grey, 3 for red, green, blue.
  package let channels: Int
  /// How many pictures stand beside each other.
  package let columns: Int
  /// The pictures one after another, each row-major with its channels interleaved, 0 black … 255 white.
  package let pixels: [UInt8]
  /// Indices of the pictures that get a box around them.
  package let boxed: Set<Int>

  /// Checks that the pixels make whole pictures.
  package init(
    caption: String, height: Int, width: Int, channels: Int = 1, columns: Int, pixels: [UInt8],
    boxed: Set<Int> = []
  ) {
    precondition(channels == 1 || channels == 3, "\(channels) channels are neither grey nor RGB")
    precondition(height > 0 && width > 0 && columns > 0, "a picture grid cannot be empty")
    precondition(
      !pixels.isEmpty && pixels.count % (height * width * channels) == 0,
      "\(pixels.count) bytes are not whole pictures of \(height)×\(width)×\(channels)")
    self.caption = caption
    self.height = height
    self.width = width
    self.channels = channels
    self.columns = columns
    self.pixels = pixels
    self.boxed = boxed
  }

  /// How many pictures there are.
  package var count: Int { pixels.count / (height * width * channels) }
}
