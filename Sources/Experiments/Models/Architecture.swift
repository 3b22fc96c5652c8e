import Kernels

/// A network as a value without numbers: a list of layers that can be hashed into a key, written
/// into the metadata of weights, and read back.
///
/// Its text is one word a layer: `dropout(0.8,1) maxout(784,240,5) dense(240,10)`. Networks with the
/// same text are the same.
package struct Architecture: Sendable {
  /// The layers, first applied first.
  package let layers: [any NetworkLayer]

  /// A network of these layers.
  package init(_ layers: [any NetworkLayer]) { self.layers = layers }

  /// The layers, ready to be applied.
  package var network: Sequential { Sequential(layers) }

  /// Names of the weights in PyTorch's manner, in the order of `network.weightShapes`:
  /// `layers.1.weight`, `layers.1.bias`, where 1 is the position of the layer.
  var weightNames: [String] {
    layers.enumerated().flatMap { position, layer in
      layer.weightNames.map { "layers.\(position).\($0)" }
    }
  }

  /// Multiply-adds that the output for one image takes.
  package var multiplyAdds: Int { layers.reduce(0) { $0 + $1.multiplyAdds } }

  /// The text form.
  package var text: String { layers.map { $0.text }.joined(separator: " ") }

  /// Reads the text form, exactly as `text` writes it; nil if it is none.
  ///
  /// - Parameter known: what the words can name.
  package init?(text: String, of known: [any NetworkLayer.Type] = LayerCatalogue.layers) {
    var layers: [any NetworkLayer] = []
    for word in text.split(separator: " ") {
      guard let written = LayerText(word),
        let type = known.first(where: { $0.words.contains(written.word) }),
        let layer = type.init(written)
      else { return nil }
      layers.append(layer)
    }
    self.init(layers)
    guard !layers.isEmpty, self.text == text, isConnected else { return nil }
  }

  /// Whether each layer takes as many features as the one before it gives.
  private var isConnected: Bool {
    var width: Int?
    for layer in layers {
      guard let (inputs, outputs) = layer.sizes else { continue }
      if let width, width != inputs { return false }
      width = outputs
    }
    return true
  }
}

extension Architecture: Hashable {
  package static func == (one: Architecture, other: Architecture) -> Bool {
    one.text == other.text
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
