import Kernels

/// A network as a value without numbers: a list of steps that can be hashed into a key, written
/// into the metadata of weights, and read back.
///
/// Its text is one word a step: `dropout(0.8,1) maxout(784,240,5) dense(240,10)`.
package struct Architecture: Hashable, Sendable {
  /// The steps, first applied first.
  package let steps: [Step]

  /// A network of these steps.
  package init(_ steps: [Step]) { self.steps = steps }

  /// The layers, ready to be applied.
  package var network: Sequential { Sequential(steps.map(\.layer)) }

  /// Names of the weights in PyTorch's manner, in the order of `network.weightShapes`:
  /// `layers.1.weight`, `layers.1.bias`, where 1 is the position of the step.
  var weightNames: [String] {
    steps.enumerated().flatMap { position, step in
      step.weightNames.map { "layers.\(position).\($0)" }
    }
  }

  /// The text form.
  package var text: String { steps.map(\.text).joined(separator: " ") }

  /// Reads the text form, exactly as `text` writes it; nil if it is none.
  package init?(text: String) {
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
