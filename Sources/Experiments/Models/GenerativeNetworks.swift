import Contract
import Datasets
import Kernels

/// The networks that autoencoders are made of, dense or convolutional.
///
/// Kos, Fischer & Song 2017, §5, are said to use one hidden layer of 512 units and codes of 50 numbers
/// on MNIST; the sizes of their convolutional networks are not known to us. These halve the image
/// twice by pooling on the way to the code and double it twice on the way back.
package struct GenerativeNetworks: Hashable, Sendable {
  /// What the layers are.
  package enum Kind: Hashable, Sendable {
    /// One hidden layer of so many units.
    case dense(hidden: Int)
    /// Two convolutions with so many kernels of `side`×`side`, an odd number.
    case convolutional(kernels: [Int], side: Int)
  }

  /// The words of the option `network`.
  private enum Word: String, CaseIterable { case dense, convolutional }

  package let kind: Kind
  /// Numbers of a code.
  package let latent: Int

  /// Networks of these sizes.
  package init(_ kind: Kind, latent: Int) {
    self.kind = kind
    self.latent = latent
  }

  /// Reads `network` and `latent`; then `hidden` for `dense`, or `kernels` (two numbers) and
  /// `kernel-side` (odd) for `convolutional`.
  package init(_ options: inout OptionReader) throws(OptionError) {
    latent = try options.int("latent", in: 1...4096)
    switch try options.choice("network", of: Word.self) {
    case .dense: kind = .dense(hidden: try options.int("hidden", in: 1...65_536))
    case .convolutional:
      let kernels = try options.ints("kernels", in: 1...1024, count: 2...2)
      let side = try options.int("kernel-side", in: 1...15)
      guard side % 2 == 1 else {
        throw OptionError(
          path: ["kernel-side"], message: "‘kernel-side’ cannot be \(side)",
          hint: "give an odd number, so that a convolution keeps the size of the image")
      }
      kind = .convolutional(kernels: kernels, side: side)
    }
  }

  /// In words, such as `512 hidden units, codes of 50`.
  package var text: String {
    switch kind {
    case .dense(let hidden): "\(hidden) hidden units, codes of \(latent)"
    case .convolutional(let kernels, let side):
      "\(kernels[0]) and \(kernels[1]) kernels of \(side)×\(side), codes of \(latent)"
    }
  }

  /// Refuses images that cannot be halved twice.
  package func requireFit(_ images: LabelledImages) throws(StageFailure) {
    guard case .convolutional = kind else { return }
    guard images.height % 4 == 0, images.width % 4 == 0 else {
      throw StageFailure(
        .data,
        "images that are halved twice need sides that are multiples of 4; found"
          + " \(images.height)×\(images.width)")
    }
  }

  /// Images to `outputs` numbers: the encoder, and the trunk of a discriminator.
  func downward(_ images: LabelledImages, outputs: Int) -> Architecture {
    switch kind {
    case .dense(let hidden):
      return Architecture([
        Dense(inputs: images.pixelsPerImage, outputs: hidden), ReLU(),
        Dense(inputs: hidden, outputs: outputs),
      ])
    case .convolutional(let kernels, let side):
      var layers: [any NetworkLayer] = []
      var (planes, rows, columns) = (images.channels, images.height, images.width)
      for count in kernels {
        layers += [
          Conv2D(
            channels: planes, height: rows, width: columns, outputs: count, kernel: side,
            padding: side / 2),
          MaxPool2D(channels: count, height: rows, width: columns, window: 2, stride: 2), ReLU(),
        ]
        (planes, rows, columns) = (count, rows / 2, columns / 2)
      }
      return Architecture(layers + [Dense(inputs: planes * rows * columns, outputs: outputs)])
    }
  }

  /// Images to means and log-variances.
  package func encoder(_ images: LabelledImages) -> Architecture {
    downward(images, outputs: 2 * latent)
  }

  /// Codes to logits of pixels.
  package func decoder(_ images: LabelledImages) -> Architecture {
    switch kind {
    case .dense(let hidden):
      return Architecture([
        Dense(inputs: latent, outputs: hidden), ReLU(),
        Dense(inputs: hidden, outputs: images.pixelsPerImage),
      ])
    case .convolutional(let kernels, let side):
      var (planes, rows, columns) = (kernels[1], images.height / 4, images.width / 4)
      var layers: [any NetworkLayer] = [
        Dense(inputs: latent, outputs: planes * rows * columns), ReLU(),
      ]
      for (place, count) in [kernels[0], images.channels].enumerated() {
        layers.append(Upsample2D(channels: planes, height: rows, width: columns))
        (rows, columns) = (rows * 2, columns * 2)
        layers.append(
          Conv2D(
            channels: planes, height: rows, width: columns, outputs: count, kernel: side,
            padding: side / 2))
        if place == 0 { layers.append(ReLU()) }
        planes = count
      }
      return Architecture(layers)
    }
  }
}
