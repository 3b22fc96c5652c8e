import Kernels

/// A layer that networks can be made of: it can be written down, read back and counted.
///
/// A new one is a file that extends its type and a line in `LayerCatalogue`; nothing else names it but
/// the networks that have it, so that no other network's code changes.
package protocol NetworkLayer: Layer, Hashable {
  /// The words that name it in the text of an architecture, such as `dense`.
  static var words: [String] { get }
  /// The one of them that names this layer.
  var word: String { get }
  /// The numbers behind the word, as `init(_:)` reads them.
  var numbers: [any CustomStringConvertible] { get }
  /// Reads a layer; nil if it has sizes that no layer can have.
  init?(_ text: LayerText)

  /// Features taken and given; nil for a layer that takes any number.
  var sizes: (inputs: Int, outputs: Int)? { get }
  /// The names of its weights, in the order of `weightShapes`.
  var weightNames: [String] { get }
  /// Multiply-adds that the output for one image takes.
  var multiplyAdds: Int { get }
}

extension NetworkLayer {
  /// The only word there is.
  package var word: String { Self.words[0] }

  /// None.
  package var numbers: [any CustomStringConvertible] { [] }

  /// Any number, as for a layer that goes over single values.
  package var sizes: (inputs: Int, outputs: Int)? { nil }

  /// A matrix and a bias, where it has weights.
  package var weightNames: [String] { weightShapes.isEmpty ? [] : ["weight", "bias"] }

  /// One for each number of a matrix.
  package var multiplyAdds: Int {
    weightShapes.reduce(0) { $1.count < 2 ? $0 : $0 + $1.reduce(1, *) }
  }

  /// The layer as a word of an architecture’s text, such as `dense(240,10)`.
  package var text: String {
    numbers.isEmpty ? word : "\(word)(\(numbers.map { "\($0)" }.joined(separator: ",")))"
  }
}
