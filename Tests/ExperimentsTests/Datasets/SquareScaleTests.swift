import Testing

@testable import Datasets

@Suite struct SquareScaleTests {
  /// Blows pixels up until both sizes divide, and averages.
  private static func naive(_ pixels: [UInt8], from: Int, to side: Int, margin: Int) -> [UInt8] {
    let inner = side - 2 * margin
    return (0..<side).flatMap { row in
      (0..<side).map { column -> UInt8 in
        let (y, x) = (row - margin, column - margin)
        guard (0..<inner).contains(y), (0..<inner).contains(x) else { return 0 }
        var sum = 0
        for fine in y * from..<(y + 1) * from {
          for finer in x * from..<(x + 1) * from {
            sum += Int(pixels[fine / inner * from + finer / inner])
          }
        }
        return UInt8((2 * sum + from * from) / (2 * from * from))
      }
    }
  }

  @Test(arguments: [[16, 28, 4], [16, 28, 0], [16, 28, 6], [16, 28, 9], [3, 7, 1], [5, 4, 0]])
  func itAgreesWithTheNaiveMean(sizes: [Int]) {
    let (from, side, margin) = (sizes[0], sizes[1], sizes[2])
    let pixels = (0..<from * from).map { UInt8($0 * 37 % 256) }
    let scaled = SquareScale(from: from, to: side, margin: margin).apply(pixels[...])
    #expect(scaled == Self.naive(pixels, from: from, to: side, margin: margin))
  }

  @Test func anEdgeThatFallsWithinAPixelIsGrey() {
    // Two pixels over three: the middle one covers half of each; 127.5 is rounded up.
    let scale = SquareScale(from: 2, to: 5, margin: 1)
    #expect(
      scale.apply([0, 255, 0, 255]) == [
        0, 0, 0, 0, 0, 0, 0, 128, 255, 0, 0, 0, 128, 255, 0, 0, 0, 128, 255, 0, 0, 0, 0, 0, 0,
      ])
  }

  @Test func aPartOfALargerArrayIsReadFromItsStart() {
    let pixels: [UInt8] = [9, 9, 1, 2, 3, 4, 9]
    #expect(SquareScale(from: 2, to: 2, margin: 0).apply(pixels[2..<6]) == [1, 2, 3, 4])
  }
}
