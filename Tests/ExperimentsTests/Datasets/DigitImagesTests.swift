import Testing

@testable import Contract
@testable import Datasets

@Suite struct DigitImagesTests {
  private static func images(_ count: Int, channels: Int = 1) -> LabelledImages {
    LabelledImages(
      images: (0..<count * channels * 6).map { UInt8($0) }, labels: (0..<count).map { UInt8($0) },
      height: 2, width: 3, channels: channels, classes: 5)
  }

  private static let digits = DigitImages(
    name: "toy", train: images(4), validation: images(0), test: images(2))

  @Test(arguments: [1, 3])
  func anArtifactGivesBackWhatWentIn(channels: Int) throws {
    let digits = DigitImages(
      name: "toy", train: Self.images(4, channels: channels),
      validation: Self.images(0, channels: channels), test: Self.images(2, channels: channels))
    let shape = digits.bundle.arrays["train.images"]?.shape
    #expect(shape == (channels == 1 ? [4, 2, 3] : [4, 3, 2, 3]))
    #expect(try DigitImages(digits.bundle) == digits)
  }

  @Test func theLastTrainingImagesAreHeldOut() {
    let split = Self.digits.holdingOut(last: 1)
    #expect(split.train.labels == [0, 1, 2])
    #expect(split.validation.labels == [3])
    #expect(split.validation.images == Array(18..<24))
    #expect(split.test == Self.digits.test)
  }

  @Test func subsetsFollowTheirIndices() {
    let images = Self.images(4)
    #expect(images.subset([2, 0]).labels == [2, 0])
    #expect(images.subset([2, 0]).images == Array(12..<18) + Array(0..<6))
    #expect(images.subset(1..<3) == images.subset([1, 2]))
    #expect(images.indices(ofClasses: [1, 3]) == [1, 3])
  }

  @Test func pixelsAreIn0To1() {
    let images = LabelledImages(
      images: [0, 51, 255, 1], labels: [0, 1], height: 1, width: 2, classes: 2)
    #expect(images.pixels(0..<2) == [0, 0.2, 1, Float(1) / 255])
    #expect(images.pixels(1..<2) == [1, Float(1) / 255])
  }

  @Test(arguments: [
    ("a missing array", "test.labels"), ("too few labels", "train.labels"),
    ("a label out of range", "expected a class from 0 to 4"), ("floats", "an array of bytes"),
    ("no classes", "‘classes’"), ("no name", "‘dataset’"),
  ])
  func aBadArtifactSaysWhatIsWrong(fault: String, words: String) {
    var bundle = Self.digits.bundle
    switch fault {
    case "a missing array": bundle.arrays["test.labels"] = nil
    case "too few labels":
      bundle.arrays["train.labels"] = NumericArray(shape: [3], .uint8([0, 1, 2]))
    case "a label out of range":
      bundle.arrays["train.labels"] = NumericArray(shape: [4], .uint8([0, 1, 2, 5]))
    case "floats":
      bundle.arrays["train.images"] = NumericArray(
        shape: [4, 2, 3], .float32([Float](repeating: 0, count: 24)))
    case "no classes": bundle.metadata["classes"] = nil
    default: bundle.metadata["dataset"] = nil
    }
    let failure = #expect(throws: StageFailure.self) { try DigitImages(bundle) }
    #expect(failure?.blame == .data)
    let text = failure?.description ?? ""
    #expect(text.contains(words) || text.contains("3 labels"), "\(text)")
  }
}
