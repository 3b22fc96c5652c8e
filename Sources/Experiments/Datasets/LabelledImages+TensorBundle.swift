import Contract

extension LabelledImages {
  /// The arrays `<split>.images`, `[n, height, width]` (with channels: `[n, channels, height, width]`),
  /// and `<split>.labels`, `[n]`, both of bytes.
  package func arrays(split: DigitImages.Split) -> [String: NumericArray] {
    let shape = channels == 1 ? [count, height, width] : [count, channels, height, width]
    return [
      "\(split).images": NumericArray(shape: shape, .uint8(images)),
      "\(split).labels": NumericArray(shape: [count], .uint8(labels)),
    ]
  }

  /// One split of a data-set artifact.
  package init(_ bundle: TensorBundle, split: DigitImages.Split) throws(StageFailure) {
    let images = try Self.array("\(split).images", in: bundle, axes: 3...4)
    let labels = try Self.array("\(split).labels", in: bundle, axes: 1...1)
    let classes = bundle.metadata["classes"].flatMap { Int($0) } ?? 0
    guard (1...256).contains(classes) else {
      let found = bundle.metadata["classes"].map { "‘\($0)’" } ?? "nothing"
      throw StageFailure(
        .data, "a data set must say how many ‘classes’ it has: found \(found), expected 1 to 256")
    }
    let count = images.shape[0]
    guard labels.shape[0] == count else {
      throw StageFailure(
        .data, "‘\(split)’ holds \(count) images but \(labels.shape[0]) labels; expected one each")
    }
    if let wrong = labels.bytes.first(where: { $0 >= classes }) {
      throw StageFailure(
        .data, "‘\(split).labels’ holds \(wrong); expected a class from 0 to \(classes - 1)")
    }
    self.init(
      images: images.bytes, labels: labels.bytes, height: images.shape[images.shape.count - 2],
      width: images.shape[images.shape.count - 1],
      channels: images.shape.count == 3 ? 1 : images.shape[1], classes: classes)
  }

  private static func array(
    _ name: String, in bundle: TensorBundle, axes: ClosedRange<Int>
  ) throws(StageFailure) -> (shape: [Int], bytes: [UInt8]) {
    guard let array = bundle.arrays[name] else {
      let names = bundle.arrays.keys.sorted().joined(separator: ", ")
      throw StageFailure(.data, "a data set must hold ‘\(name)’; found only: \(names)")
    }
    guard let bytes = array.bytes, axes.contains(array.shape.count) else {
      throw StageFailure(
        .data,
        "‘\(name)’ must be an array of bytes with \(axes.lowerBound) to \(axes.upperBound)"
          + " axes; found shape \(array.shape)")
    }
    return (array.shape, bytes)
  }
}
