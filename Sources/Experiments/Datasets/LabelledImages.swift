/// Pictures with the class of each: what models are trained and attacked on.
package struct LabelledImages: Hashable, Sendable {
  /// The pixels, 0…255: image by image, and within an image channel by channel, row by row.
  package let images: [UInt8]
  /// The class of each image, 0 ..< classes.
  package let labels: [UInt8]
  /// Rows of an image.
  package let height: Int
  /// Columns of an image.
  package let width: Int
  /// 1 for grey, 3 for red, green, blue.
  package let channels: Int
  /// How many classes there are.
  package let classes: Int

  /// Checks that there is one label an image and that each names a class.
  package init(
    images: [UInt8], labels: [UInt8], height: Int, width: Int, channels: Int = 1, classes: Int = 10
  ) {
    precondition(
      images.count == labels.count * height * width * channels,
      "\(images.count) bytes are not \(labels.count) images of \(channels)×\(height)×\(width)")
    precondition(
      labels.allSatisfy { $0 < classes },
      "label \(labels.max() ?? 0) is outside of 0 ..< \(classes)")
    self.images = images
    self.labels = labels
    self.height = height
    self.width = width
    self.channels = channels
    self.classes = classes
  }

  /// How many images there are.
  package var count: Int { labels.count }
  /// How many numbers describe one image.
  package var pixelsPerImage: Int { height * width * channels }

  /// The axes of one image: rows and columns, with the channels first where there are several.
  package var shape: [Int] { channels == 1 ? [height, width] : [channels, height, width] }

  /// The bytes of one image.
  package func image(_ index: Int) -> ArraySlice<UInt8> {
    precondition(index >= 0 && index < count, "image \(index) is outside of 0 ..< \(count)")
    return images[index * pixelsPerImage..<(index + 1) * pixelsPerImage]
  }

  /// The pixels of some images as numbers in 0…1, one image after another.
  package func pixels(_ range: Range<Int>) -> [Float] {
    images[range.lowerBound * pixelsPerImage..<range.upperBound * pixelsPerImage]
      .map { Float($0) / 255 }
  }

  /// Some images in a row.
  package func subset(_ range: Range<Int>) -> LabelledImages {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= count,
      "images \(range) are outside of 0 ..< \(count)")
    let size = pixelsPerImage
    return LabelledImages(
      images: Array(images[range.lowerBound * size..<range.upperBound * size]),
      labels: Array(labels[range]), height: height, width: width, channels: channels,
      classes: classes)
  }

  /// The images of these indices, in this order.
  package func subset(_ indices: [Int]) -> LabelledImages {
    var chosen: [UInt8] = []
    chosen.reserveCapacity(indices.count * pixelsPerImage)
    indices.forEach { chosen.append(contentsOf: image($0)) }
    return LabelledImages(
      images: chosen, labels: indices.map { labels[$0] }, height: height, width: width,
      channels: channels, classes: classes)
  }

  /// These images, and after them others of the same kind.
  package func followed(by others: LabelledImages) -> LabelledImages {
    LabelledImages(
      images: images + others.images, labels: labels + others.labels, height: height, width: width,
      channels: channels, classes: classes)
  }

  /// The position of each label among some classes, to which all images must belong.
  package func positions(among classes: [Int]) -> [Int] {
    labels.map { label in
      guard let position = classes.firstIndex(of: Int(label)) else {
        preconditionFailure("an image of class \(label) among those of \(classes)")
      }
      return position
    }
  }

  /// The indices of all images of these classes, in ascending order.
  package func indices(ofClasses wanted: Set<UInt8>) -> [Int] {
    labels.indices.filter { wanted.contains(labels[$0]) }
  }
}
