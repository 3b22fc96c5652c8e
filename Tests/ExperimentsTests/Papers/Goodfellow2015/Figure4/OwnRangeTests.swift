import Kernels
import Testing

@testable import Datasets

@Suite struct OwnRangeTests {
  @Test func eachPictureHasItsOwnRangeOfGrey() {
    let images = LabelledImages(images: [0, 0, 0], labels: [0], height: 1, width: 3)
    let x = ToyModels.workspace.tensor([3, 3], [-2, 0, 2, 0.5, 1, 1.5, 7, 7, 7])
    #expect(OwnRange(like: images).pixels(x) == [0, 128, 255, 0, 128, 255, 0, 0, 0])
  }

  /// Networks see a channel after the other, pictures hold the channels of a pixel together.
  @Test func coloursAreInterleaved() {
    let images = LabelledImages(
      images: [0, 0, 0, 0, 0, 0], labels: [0], height: 1, width: 2, channels: 3)
    let x = ToyModels.workspace.tensor([1, 6], [0, 5, 1, 4, 2, 3])
    #expect(OwnRange(like: images).pixels(x) == [0, 51, 102, 255, 204, 153])
  }
}
