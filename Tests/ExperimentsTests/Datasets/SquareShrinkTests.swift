import Kernels
import Testing

@testable import Datasets

@Suite struct SquareShrinkTests {
  private static func noise(_ count: Int) -> [UInt8] {
    let seed = Seed(7, stage: "shrink")
    return (0..<count).map { UInt8(seed.uniform(at: $0) * 255) }
  }

  /// Blows every pixel of the square up to `side`×`side` and averages blocks of `crop`×`crop`.
  private static func naive(
    _ pixels: [UInt8], width: Int, height: Int, crop: Int, side: Int
  ) -> [UInt8] {
    let (top, left) = ((height - crop) / 2, (width - crop) / 2)
    return (0..<3).flatMap { channel in
      (0..<side).flatMap { row in
        (0..<side).map { column in
          var sum = 0
          for y in row * crop..<(row + 1) * crop {
            for x in column * crop..<(column + 1) * crop {
              sum += Int(pixels[3 * ((top + y / side) * width + left + x / side) + channel])
            }
          }
          return UInt8((2 * sum + crop * crop) / (2 * crop * crop))
        }
      }
    }
  }

  @Test(arguments: [
    [9, 7, 5, 3], [9, 7, 5, 5], [8, 12, 8, 4], [6, 6, 6, 1], [12, 13, 11, 7], [10, 10, 7, 6],
  ])
  func itAgreesWithTheNaiveMean(sizes: [Int]) {
    let (width, height, crop, side) = (sizes[0], sizes[1], sizes[2], sizes[3])
    let pixels = Self.noise(3 * width * height)
    let shrink = SquareShrink(width: width, height: height, crop: crop, side: side)
    #expect(
      shrink.apply(pixels)
        == Self.naive(pixels, width: width, height: height, crop: crop, side: side))
  }

  @Test func halvesAreRoundedUp() {
    let shrink = SquareShrink(width: 2, height: 2, crop: 2, side: 1)
    #expect(shrink.apply([1, 1, 0, 2, 1, 0, 1, 1, 0, 2, 2, 1]) == [2, 1, 0])
  }

  @Test func aPlainFaceStaysPlain() {
    let shrink = SquareShrink(width: 178, height: 218, crop: 148, side: 64)
    let plain = [[UInt8]](repeating: [0, 255, 37], count: 178 * 218).flatMap { $0 }
    let expected = [UInt8(0), 255, 37].flatMap { [UInt8](repeating: $0, count: 64 * 64) }
    #expect(shrink.apply(plain) == expected)
  }

  @Test func onlyTheCentralSquareCounts() {
    let shrink = SquareShrink(width: 178, height: 218, crop: 148, side: 64)
    var framed = [UInt8](repeating: 255, count: 3 * 178 * 218)
    for row in 35..<183 {
      for place in 3 * (row * 178 + 15)..<3 * (row * 178 + 163) { framed[place] = 90 }
    }
    #expect(shrink.apply(framed) == [UInt8](repeating: 90, count: 3 * 64 * 64))
  }
}
