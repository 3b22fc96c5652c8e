/// How a sum over the pixels of a batch is cut: into shards of images, and these into chunks.
///
/// It depends on sizes alone. A chunk is about as many pixels as the first-level cache holds for a
/// few channels; its lanes are summed, then the chunks of a shard in order, then the shards in order.
struct BatchReduction: Hashable, Sendable {
  /// Pixels of an image.
  let pixels: Int

  /// Images of a chunk, at most.
  var chunkImages: Int { max(1, 1152 / ((pixels + 15) / 16 * 16)) }

  /// The images of each shard: at most 16 of nearly equal size, and no more than there are chunks.
  func shards(of images: Int) -> [Range<Int>] {
    let count = min(16, (images + chunkImages - 1) / chunkImages)
    let start = { (i: Int) in images / count * i + min(i, images % count) }
    return (0..<count).map { start($0)..<start($0 + 1) }
  }
}
