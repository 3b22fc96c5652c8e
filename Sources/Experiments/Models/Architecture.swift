import Kernels

/// A network as a value without numbers: a list of steps that can be hashed into a key, written
/// into the metadata of weights, and read back.
///
/// Its text is one word a step: `dropout(0.8,1) maxout(784,240,5) dense(240,10)`.
public struct Architecture: Hashable, Sendable {
  /// One step of a network; sizes are numbers of features.
  public enum Step: Hashable, Sendable {
    /// `y = x·Wᵀ + b`.
    case dense(inputs: Int, outputs: Int)
    /// The largest of `pieces` affine maps a unit. Goodfellow and others 2013.
    case maxout(inputs: Int, units: Int, pieces: Int)
    /// `z = −Σ s²·(x − μ)²` for each output: how far the input is from its centre.
    case radial(inputs: Int, outputs: Int)
    /// Keeps each value with a probability and multiplies it by `scale`; only while training.
    case dropout(keep: Float, scale: Float)
    /// `max(0, x)`.
    case relu
    /// `1 / (1 + e⁻ˣ)`.
    case sigmoid
    /// `tanh x`.
    case tanh
  }

  /// The steps, first applied first.
  public let steps: [Step]

  /// A network of these steps.
  public init(_ steps: [Step]) { self.steps = steps }

  /// The layers, ready to be applied.
  public var network: Sequential {
    Sequential(
      steps.map { step -> any Layer in
        switch step {
        case .dense(let inputs, let outputs): Dense(inputs: inputs, outputs: outputs)
        case .maxout(let inputs, let units, let pieces):
          Maxout(inputs: inputs, units: units, pieces: pieces)
        case .radial(let inputs, let outputs): RadialBasis(inputs: inputs, outputs: outputs)
        case .dropout(let keep, let scale): Dropout(keep: keep, scale: scale)
        case .relu: ReLU()
        case .sigmoid: Sigmoid()
        case .tanh: Tanh()
        }
      })
  }

  /// Names of the weights in PyTorch's manner, in the order of `network.weightShapes`:
  /// `layers.1.weight`, `layers.1.bias`, where 1 is the position of the step.
  ///
  /// A radial step has a `scale` and a `centre`.
  public var weightNames: [String] {
    steps.enumerated().flatMap { position, step -> [String] in
      switch step {
      case .dense, .maxout: ["layers.\(position).weight", "layers.\(position).bias"]
      case .radial: ["layers.\(position).scale", "layers.\(position).centre"]
      default: []
      }
    }
  }

  /// The text form.
  public var text: String { steps.map(\.text).joined(separator: " ") }

  /// Reads the text form, exactly as `text` writes it; nil if it is none.
  public init?(text: String) {
    var steps: [Step] = []
    for word in text.split(separator: " ") {
      guard let step = Step(text: String(word)) else { return nil }
      steps.append(step)
    }
    self.init(steps)
    guard !steps.isEmpty, self.text == text, isConnected else { return nil }
  }

  /// Whether each step takes as many features as the one before it gives.
  private var isConnected: Bool {
    var width: Int?
    for step in steps {
      guard case .some(let (inputs, outputs)) = step.sizes else { continue }
      if let width, width != inputs { return false }
      width = outputs
    }
    return true
  }
}

extension Architecture.Step {
  /// The word of a step, such as `dense(240,10)`.
  var text: String {
    switch self {
    case .dense(let inputs, let outputs): "dense(\(inputs),\(outputs))"
    case .maxout(let inputs, let units, let pieces): "maxout(\(inputs),\(units),\(pieces))"
    case .radial(let inputs, let outputs): "radial(\(inputs),\(outputs))"
    case .dropout(let keep, let scale): "dropout(\(keep),\(scale))"
    case .relu: "relu"
    case .sigmoid: "sigmoid"
    case .tanh: "tanh"
    }
  }

  /// Reads a word; nil if it names no step or has sizes that no layer can have.
  fileprivate init?(text: String) {
    let parts = text.split(whereSeparator: { "(,)".contains($0) }).map(String.init)
    let sizes = parts.dropFirst().compactMap { Int($0) }.filter { $0 > 0 }
    let reals = parts.dropFirst().compactMap { Float($0) }
    switch (parts.first, parts.count) {
    case ("dense", 3) where sizes.count == 2: self = .dense(inputs: sizes[0], outputs: sizes[1])
    case ("radial", 3) where sizes.count == 2: self = .radial(inputs: sizes[0], outputs: sizes[1])
    case ("maxout", 4) where sizes.count == 3 && sizes[2] <= 255:
      self = .maxout(inputs: sizes[0], units: sizes[1], pieces: sizes[2])
    case ("dropout", 3) where reals.count == 2 && (0...1).contains(reals[0]):
      self = .dropout(keep: reals[0], scale: reals[1])
    case ("relu", 1): self = .relu
    case ("sigmoid", 1): self = .sigmoid
    case ("tanh", 1): self = .tanh
    default: return nil
    }
  }

  /// Features taken and given; nil for a step that takes any number.
  fileprivate var sizes: (inputs: Int, outputs: Int)? {
    switch self {
    case .dense(let inputs, let outputs), .radial(let inputs, let outputs): (inputs, outputs)
    case .maxout(let inputs, let units, _): (inputs, units)
    case .dropout, .relu, .sigmoid, .tanh: nil
    }
  }
}
