import Testing

@testable import Contract
@testable import Datasets
@testable import Stages

@Suite struct AsDigitsTests {
  private func images(
    _ count: Int, side: Int, channels: Int, _ pixel: (Int, Int, Int, Int) -> UInt8
  ) -> LabelledImages {
    LabelledImages(
      images: (0..<count).flatMap { image in
        (0..<channels).flatMap { channel in
          (0..<side).flatMap { row in (0..<side).map { pixel(image, channel, row, $0) } }
        }
      }, labels: (0..<count).map { UInt8($0) }, height: side, width: side, channels: channels)
  }

  @Test func coloursBecomeLuminanceAndTheEdgeIsCutOff() throws {
    let colours = images(2, side: 32, channels: 3) { image, channel, row, column in
      UInt8((image * 90 + channel * 40 + row * 3 + column) % 256)
    }
    let none = colours.subset(0..<0)
    let data = DigitImages(name: "svhn", train: none, validation: none, test: colours)
    let output = try ToyDigits.run(AsDigits.self, [:], inputs: ["data": [ToyDigits.input(data)]])
    let digits = try StageInput(stage: "svhn-as-digits", output: output).digits()
    #expect(digits.name == "svhn" && digits.test.shape == [28, 28])
    #expect(digits.test.labels == [0, 1] && digits.train.count == 0)
    #expect(output.conditions["data"] == "svhn" && output.deviations.count == 1)
    for image in 0..<2 {
      for (row, column) in [(0, 0), (3, 17), (27, 27)] {
        let parts = (0..<3).map { (image * 90 + $0 * 40 + (row + 2) * 3 + column + 2) % 256 }
        let sum = 299 * parts[0] + 587 * parts[1] + 114 * parts[2]
        let grey = digits.test.image(image)[image * 784 + row * 28 + column]
        #expect(Int(grey) == (sum + 500) / 1000)
      }
    }
  }

  @Test func greyStaysAndASmallImageGetsABorder() {
    let small = images(1, side: 25, channels: 1) { _, _, row, column in UInt8(row * 9 + column) }
    let fitted = AsDigits.fitted(small)
    // Three rows too few: one before and two after.
    #expect(fitted.images[0] == 0 && fitted.images[1 * 28 + 2] == 1)
    #expect(fitted.images[25 * 28 + 25] == 24 * 9 + 24)
    #expect(fitted.images[26 * 28 + 26] == 0 && fitted.images[27 * 28 + 27] == 0)
    let exact = images(1, side: 28, channels: 1) { _, _, row, column in UInt8(row + column) }
    #expect(AsDigits.fitted(exact) == exact)
  }

  @Test func otherNumbersOfChannelsAreRefused() {
    let two = images(1, side: 28, channels: 2) { _, _, _, _ in 0 }
    let data = DigitImages(name: "odd", train: two, validation: two, test: two)
    let failure = #expect(throws: StageFailure.self) {
      try ToyDigits.run(AsDigits.self, [:], inputs: ["data": [ToyDigits.input(data)]])
    }
    #expect(failure?.blame == .data && failure?.description.contains("2 channels") == true)
  }
}
