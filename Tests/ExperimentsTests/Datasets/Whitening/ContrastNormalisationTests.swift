import Kernels
import Testing

@testable import Contract
@testable import Datasets

@Suite struct ContrastNormalisationTests {
  private static func images(_ bytes: [UInt8], count: Int) -> LabelledImages {
    let side = bytes.count / count / 3
    return LabelledImages(
      images: bytes, labels: [UInt8](repeating: 0, count: count), height: 1, width: side,
      channels: 3)
  }

  private static func normalised(_ images: LabelledImages, norm: Double = 55) -> [Float] {
    ContrastNormalisation(norm: norm).apply(
      images, rows: 0..<images.count, minus: [Float](repeating: 0, count: images.pixelsPerImage),
      in: Workspace(threads: 1)
    ).values
  }

  @Test func everyImageLosesItsMeanAndHasTheNorm() {
    let (count, size) = (5, 48)
    let bytes = (0..<count * size).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 7 >> 2) }
    let values = Self.normalised(Self.images(bytes, count: count))
    for image in 0..<count {
      let pixels = values[image * size..<(image + 1) * size].map(Double.init)
      #expect(abs(pixels.reduce(0, +)) < 1e-4, "mean of image \(image)")
      let norm = pixels.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(abs(norm - 55) < 1e-4, "norm of image \(image) is \(norm)")
    }
  }

  @Test func brightnessAndContrastDoNotMatter() {
    let dim: [UInt8] = [1, 2, 3, 5, 8, 13]
    let bright = dim.map { $0 * 9 + 40 }
    let values = Self.normalised(Self.images(dim + bright, count: 2))
    for i in 0..<6 { #expect(abs(values[i] - values[6 + i]) < 1e-5) }
  }

  @Test(arguments: [0, 1, 100, 255] as [UInt8])
  func anImageWithoutContrastIsZero(grey: UInt8) {
    let values = Self.normalised(Self.images([UInt8](repeating: grey, count: 3072), count: 1))
    #expect(values.allSatisfy { $0 == 0 })
  }

  @Test func theFaintestContrastIsContrast() {
    var bytes = [UInt8](repeating: 200, count: 3072)
    bytes[17] = 201
    let values = Self.normalised(Self.images(bytes, count: 1))
    #expect(abs(values[17] - 55) < 0.02, "one pixel carries nearly all of the norm")
    #expect(values[0] < 0)
  }

  @Test func theMeanIsOfTheNormalisedImages() {
    let images = Self.images((0..<60).map { UInt8($0 * $0 % 251) }, count: 10)
    let values = Self.normalised(images, norm: 3)
    let mean = ContrastNormalisation(norm: 3).mean(of: images)
    for i in 0..<6 {
      var sum: Float = 0
      for image in 0..<10 { sum += values[image * 6 + i] }
      #expect(abs(mean[i] - sum / 10) < 1e-5)
    }
    let centred = ContrastNormalisation(norm: 3).apply(
      images, rows: [4], minus: mean, in: Workspace(threads: 1))
    #expect(centred.values == (0..<6).map { values[24 + $0] - mean[$0] })
  }
}
