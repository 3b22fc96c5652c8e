import Contract
import Datasets

/// What the option `train-images` of data-set stages does: models learn from fewer images.
enum TrainImagesOption {
  /// What to say in the report where models learn from fewer than the `available` images.
  static func deviation(
    _ name: String, _ images: DigitImages, of available: Int
  ) -> Deviation? {
    guard images.train.count < available else { return nil }
    return Deviation(
      "\(name) models learn from the first \(images.train.count) of \(available) images",
      because: "training is shorter so; errors are expected to be higher")
  }
}

extension DigitImages {
  /// The same data set with at most the first `count` training images.
  func learning(fromFirst count: Int) -> DigitImages {
    DigitImages(
      name: name, train: train.subset(0..<min(count, train.count)), validation: validation,
      test: test)
  }
}
