import Contract

/// A data set in its three parts, as data-set stages hand it on.
package struct DigitImages: Hashable, Sendable {
  /// The parts, whose names prefix the arrays of the artifact.
  package enum Split: String, CaseIterable, Sendable, CustomStringConvertible {
    /// What models learn from.
    case train
    /// What decides when to stop learning.
    case validation
    /// What errors are counted on.
    case test

    /// The name as it stands in the artifact.
    package var description: String { rawValue }
  }

  /// The name of the data set, such as `mnist`: the condition `data` of every number made from it.
  package let name: String
  /// What models learn from.
  package let train: LabelledImages
  /// What decides when to stop learning; may be empty.
  package let validation: LabelledImages
  /// What errors are counted on.
  package let test: LabelledImages

  /// The parts, which must agree in the shape of an image and in the classes.
  package init(
    name: String, train: LabelledImages, validation: LabelledImages, test: LabelledImages
  ) {
    let kinds = [train, validation, test].map { [$0.channels, $0.height, $0.width, $0.classes] }
    precondition(Set(kinds).count == 1, "the parts of ‘\(name)’ differ in kind: \(kinds)")
    self.name = name
    self.train = train
    self.validation = validation
    self.test = test
  }

  /// The same data set with the last `count` training images, and no others, for validation.
  package func holdingOut(last count: Int) -> DigitImages {
    precondition(
      count >= 0 && count <= train.count,
      "\(count) of \(train.count) training images cannot be held out")
    let kept = train.count - count
    return DigitImages(
      name: name, train: train.subset(0..<kept), validation: train.subset(kept..<train.count),
      test: test)
  }

  /// The artifact `digits`.
  package var bundle: TensorBundle {
    var arrays: [String: NumericArray] = [:]
    for (split, images) in [(Split.train, train), (.validation, validation), (.test, test)] {
      arrays.merge(images.arrays(split: split)) { $1 }
    }
    return TensorBundle(
      arrays, metadata: ["dataset": name, "classes": "\(train.classes)"])
  }

  /// The data set in an artifact `digits`.
  package init(_ bundle: TensorBundle) throws(StageFailure) {
    guard let name = bundle.metadata["dataset"] else {
      throw StageFailure(.data, "a data set must say its name; found no ‘dataset’ in its metadata")
    }
    let train = try LabelledImages(bundle, split: .train)
    let validation = try LabelledImages(bundle, split: .validation)
    let test = try LabelledImages(bundle, split: .test)
    let kinds = [train, validation, test].map { [$0.channels, $0.height, $0.width] }
    guard Set(kinds).count == 1 else {
      throw StageFailure(
        .data, "the parts of ‘\(name)’ must agree in channels, height and width; found \(kinds)")
    }
    self.init(name: name, train: train, validation: validation, test: test)
  }

  /// What every number made from this data set is conditional on.
  package var conditions: [String: String] {
    [
      "data": name, "train-images": "\(train.count)", "test-images": "\(test.count)",
      "validation-images": "\(validation.count)",
    ]
  }
}
