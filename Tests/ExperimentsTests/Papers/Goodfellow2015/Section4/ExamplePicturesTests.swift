import Testing

@testable import Contract

@Suite struct ExamplePicturesTests {
  @Test func greyLevelsAreRoundedAndWhatLiesBeyondIsCut() {
    #expect(
      grey([-9, -0.001, 0, 0.001, 0.5, 0.25, 0.999, 1, 1.001, 9]) == [
        0, 0, 0, 0, 128, 64, 255, 255, 255, 255,
      ])
    let levels = (0...255).map(UInt8.init)
    #expect(grey(levels.map { Float($0) / 255 }) == levels, "bytes come back as they were")
  }

  @Test func signedLevelsPutZeroInTheMiddle() {
    #expect(signedGrey([-2, -1, 0, 1, 2]) == [0, 64, 128, 191, 255])
    #expect(signedGrey([0, 0.5]) == [128, 255])
    #expect(signedGrey([0, 0, -0]) == [128, 128, 128])
    #expect(signedGrey([]) == [])
  }
}
