import Kernels

/// Handwritten digits that nobody wrote: strokes with random slant, size, width, bend, blur and place.
///
/// They need no file and no network. Image *i* depends on the seed and *i* alone, not on how many are
/// made; ten images in a row hold each digit once. 0 is paper and 255 is ink, as in MNIST.
package enum SyntheticDigits {
  /// The name under which they are known as a condition: never to be mistaken for real data.
  package static let name = "synthetic digits"
  /// Rows and columns of an image.
  package static let side = 28

  /// The first `count` images of a seed.
  package static func images(count: Int, seed: Seed) -> LabelledImages {
    precondition(count >= 0, "\(count) images cannot be drawn")
    var pixels: [UInt8] = []
    pixels.reserveCapacity(count * side * side)
    var labels: [UInt8] = []
    labels.reserveCapacity(count)
    var pen = Pen(side: side)
    let (order, hand) = (seed.forked("labels"), seed.forked("strokes"))
    for index in 0..<count {
      let digit = order.forked(index / 10).permutation(of: 10)[index % 10]
      labels.append(UInt8(digit))
      write(digit, with: &pen, seed: hand.forked(index), into: &pixels)
    }
    return LabelledImages(images: pixels, labels: labels, height: side, width: side)
  }

  /// Three parts that share no image.
  package static func parts(
    train: Int, validation: Int, test: Int, seed: Seed
  ) -> DigitImages {
    DigitImages(
      name: name, train: images(count: train, seed: seed.forked("train")),
      validation: images(count: validation, seed: seed.forked("validation")),
      test: images(count: test, seed: seed.forked("test")))
  }

  private static func write(
    _ digit: Int, with pen: inout Pen, seed: Seed, into pixels: inout [UInt8]
  ) {
    var draws = Draws(seed)
    let ways = Glyph.digits[digit]
    let glyph = ways[draws.choice(of: ways.count)]
    let hand = Handwriting(&draws)
    pen.clear()
    for line in hand.lines(of: glyph, &draws) {
      pen.draw(line, radius: hand.radius, seam: hand.seam)
    }
    pen.render(seam: hand.seam, ink: hand.ink, into: &pixels)
  }
}
