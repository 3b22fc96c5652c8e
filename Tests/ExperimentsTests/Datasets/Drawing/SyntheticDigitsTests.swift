import Kernels
import Testing

@testable import Contract
@testable import Datasets
@testable import Stages

@Suite struct SyntheticDigitsTests {
  private static let seed = Seed(1, stage: "digits")

  /// Changes only on purpose: a new digest means that every demo number changes, too.
  @Test func aHundredImagesHaveTheBitsTheyAlwaysHad() {
    let digits = SyntheticDigits.images(count: 100, seed: Self.seed)
    #expect(
      SHA256.hex(of: digits.images)
        == "f4d0a6019ab8b49a557796bea6d8d8f4582ed10bd7e2bc0646f33d3a672ae514")
    #expect(
      SHA256.hex(of: digits.labels)
        == "9e44ed9c4e7c43276d78330f8aeff082d3014ca6b7e6f3f987c73463a6558be9")
  }

  @Test(arguments: [0, 1, 7, 30])
  func anImageDoesNotDependOnHowManyAreDrawn(count: Int) {
    let some = SyntheticDigits.images(count: count, seed: Self.seed)
    let first = SyntheticDigits.images(count: 40, seed: Self.seed).subset(0..<count)
    // Not compared inside the macro, which would print thousands of pixels.
    let isSame = some == first
    #expect(isSame, "the first \(count) of 40 images differ from \(count) images")
  }

  @Test func seedsAndPartsShareNoImage() {
    let parts = SyntheticDigits.parts(train: 200, validation: 200, test: 200, seed: Self.seed)
    let others = SyntheticDigits.images(count: 200, seed: Seed(2, stage: "digits"))
    let all = [parts.train, parts.validation, parts.test, others].flatMap { images in
      (0..<images.count).map { Array(images.image($0)) }
    }
    #expect(Set(all).count == 800)
  }

  @Test func tenInARowHoldEachDigitOnce() {
    let labels = SyntheticDigits.images(count: 500, seed: Self.seed).labels
    for start in stride(from: 0, to: labels.count, by: 10) {
      #expect(labels[start..<start + 10].sorted() == Array(0...9))
    }
    #expect(Array(labels[0..<10]) != Array(labels[10..<20]), "the order must vary")
  }

  @Test func everyImageHasInkInTheMiddleAndPaperAround() {
    let digits = SyntheticDigits.images(count: 1000, seed: Self.seed)
    for index in 0..<digits.count {
      let image = Array(digits.image(index))
      let ink = image.reduce(0) { $0 + Int($1) }
      #expect((8...260).contains(ink / 255), "image \(index) holds \(ink / 255) pixels of ink")
      #expect((image.max() ?? 0) >= 150, "image \(index) is too pale to read")
      let corners = [0, 1, 26, 27, 28 * 27, 28 * 27 + 27].map { image[$0] }
      #expect(corners.count { $0 > 0 } <= 1, "image \(index) runs into the corners")
    }
  }

  @Test func digitsDifferFromEachOtherMoreThanHalvesOfTheSameDigit() {
    let digits = SyntheticDigits.images(count: 2000, seed: Self.seed)
    func mean(_ digit: UInt8, odd: Bool) -> [Float] {
      let indices = digits.indices(ofClasses: [digit]).filter { $0 % 2 == (odd ? 1 : 0) }
      var sum = [Float](repeating: 0, count: 784)
      for index in indices {
        for (pixel, value) in digits.image(index).enumerated() { sum[pixel] += Float(value) }
      }
      return sum.map { $0 / Float(indices.count) }
    }
    func distance(_ a: [Float], _ b: [Float]) -> Float {
      zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    for digit in UInt8(0)...9 {
      let own = distance(mean(digit, odd: false), mean(digit, odd: true))
      for other in UInt8(0)...9 where other != digit {
        let apart = distance(mean(digit, odd: false), mean(other, odd: true))
        #expect(apart > 4 * own, "\(digit) and \(other) look alike")
      }
    }
  }

  @Test func theStageDrawsWhatItsOptionsSay() throws {
    var options = OptionReader(["train": .int(30), "validation": .int(20), "test": .int(10)])
    let stage = try SyntheticDigitsStage(options: &options)
    try options.finish()
    let output = try stage.run(
      StageContext(name: "digits", seed: Self.seed, workspace: Workspace(threads: 1)))
    guard case .tensors(let bundle)? = output.artifacts["digits"],
      case .table(let provenance)? = output.artifacts["provenance"]
    else {
      Issue.record("the artifacts are \(output.artifacts.keys.sorted())")
      return
    }
    let digits = try DigitImages(bundle)
    #expect([digits.train.count, digits.validation.count, digits.test.count] == [30, 20, 10])
    let isSame =
      digits.train == SyntheticDigits.images(count: 30, seed: Self.seed.forked("train"))
    #expect(isSame, "the training images do not come from the fork ‘train’ of the stage's seed")
    #expect(
      output.conditions == [
        "data": "synthetic digits", "train-images": "30", "validation-images": "20",
        "test-images": "10",
      ])
    #expect(provenance.rows.count == 3)
  }

  @Test func aStageWithoutTestImagesIsRefused() {
    var options = OptionReader(["train": .int(30), "validation": .int(20), "test": .int(0)])
    let error = #expect(throws: OptionError.self) { try SyntheticDigitsStage(options: &options) }
    #expect(error?.path == ["test"])
  }
}
