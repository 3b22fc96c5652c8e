import Contract
import Kernels

/// A network whose last layer is a softmax or a sparse Gaussian process over the same codes.
///
/// Bradshaw, Matthews & Ghahramani 2017; the shallow body is that of the authors' demonstration script,
/// the deeper one a reading of ours: the paper's drawing was not seen.
package struct HybridNetwork: Hashable, Sendable {
  /// What leads from pixels to codes.
  package enum Body: String, CaseIterable, Sendable {
    /// Two padded convolutions of 5×5 with 32 and 64 kernels, each pooled, and 1024 hidden units.
    case shallow
    /// Four convolutions of 3×3 with 32, 32, 64 and 64 kernels, pooled twice, and 256 hidden units.
    case deep
    /// Two layers of 50 hidden units, for points in the plane.
    case points
    /// Nothing: the pixels are the codes.
    case none
  }

  /// What turns codes into classes.
  package enum Top: String, CaseIterable, Sendable {
    /// A dense layer and a softmax: the plain network.
    case softmax
    /// A Gaussian process with a squared-exponential kernel.
    case rbf
    /// A Gaussian process with a linear kernel.
    case linear

    fileprivate var covariance: Covariance? {
      switch self {
      case .softmax: nil
      case .rbf: .rbf
      case .linear: .linear
      }
    }
  }

  package private(set) var body: Body
  package private(set) var top: Top
  /// Numbers in a code, where there is a body.
  package var features = 100
  /// Inducing points.
  package var inducing = 100
  /// σ² of the kernel at the start.
  package var variance = 1.0
  var isWhitened = false
  var beta = 1e-3
  /// Nodes of the quadrature.
  package var nodes = 20

  package init(body: Body, top: Top) {
    self.body = body
    self.top = top
  }

  /// Reads `features`, `inducing`, `variance`, `whitened`, `beta` and `nodes`, and before them `network`
  /// and `head` where these are not given.
  package init(_ options: inout OptionReader, body: Body? = nil, top: Top? = nil)
    throws(OptionError)
  {
    self.body = if let body { body } else { try options.choice("network", of: Body.self) }
    self.top = if let top { top } else { try options.choice("head", of: Top.self) }
    features = try options.int("features", in: 1...10_000)
    inducing = try options.int("inducing", in: 1...10_000)
    variance = try options.double("variance", in: 1e-6...1e6)
    isWhitened = try options.bool("whitened")
    beta = try options.double("beta", in: 1e-9...0.5)
    nodes = try options.int("nodes", in: 1...64)
  }

  /// The same with another top.
  package func topped(with top: Top) -> HybridNetwork { with(body: body, top: top) }

  /// The same with other parts.
  package func with(body: Body, top: Top) -> HybridNetwork {
    var other = self
    (other.body, other.top) = (body, top)
    return other
  }

  /// In words, such as `shallow network, Gaussian process (rbf)`.
  package var text: String {
    let below = body == .none ? "pixels" : "\(body.rawValue) network"
    return top == .softmax ? "\(below), softmax" : "\(below), Gaussian process (\(top.rawValue))"
  }

  /// The layers for images of these sizes.
  package func architecture(channels: Int, height: Int, width: Int, classes: Int) -> Architecture {
    let below = bodyLayers(channels: channels, height: height, width: width)
    let codes = body == .none ? channels * height * width : features
    guard let covariance = top.covariance else {
      return Architecture(below + [Dense(inputs: codes, outputs: classes)])
    }
    return Architecture(
      below + [
        GaussianProcess(
          inputs: codes, inducing: inducing, classes: classes, covariance: covariance,
          isWhitened: isWhitened, beta: beta, nodes: nodes)
      ])
  }

  /// The body; pixels go from 0…1 to −1…1 first, as in the script, and points to where most are −1…1.
  private func bodyLayers(channels: Int, height: Int, width: Int) -> [any NetworkLayer] {
    var layers: [any NetworkLayer] = [
      Standardise(mean: 0.5, deviation: body == .points ? 0.2 : 0.5)
    ]
    var (planes, rows, columns) = (channels, height, width)
    func convolve(_ outputs: Int, _ kernel: Int, padding: Int = 0) {
      let layer = Conv2D(
        channels: planes, height: rows, width: columns, outputs: outputs, kernel: kernel,
        padding: padding)
      layers.append(layer)
      (planes, rows, columns) = (outputs, layer.outHeight, layer.outWidth)
    }
    func pool() {
      let layer = MaxPool2D(channels: planes, height: rows, width: columns, window: 2, stride: 2)
      layers += [layer, ReLU()]
      (rows, columns) = (layer.outHeight, layer.outWidth)
    }
    func dense(_ hidden: [Int]) {
      var inputs = planes * rows * columns
      for units in hidden {
        layers += [Dense(inputs: inputs, outputs: units), ReLU()]
        inputs = units
      }
      layers.append(Dense(inputs: inputs, outputs: features))
    }
    switch body {
    case .none: break
    case .points: dense([50, 50])
    case .shallow:
      convolve(32, 5, padding: 2)
      pool()
      convolve(64, 5, padding: 2)
      pool()
      dense([1024])
    case .deep:
      convolve(32, 3, padding: 1)
      layers.append(ReLU())
      convolve(32, 3)
      pool()
      convolve(64, 3, padding: 1)
      layers.append(ReLU())
      convolve(64, 3)
      pool()
      dense([256])
    }
    return layers
  }
}
