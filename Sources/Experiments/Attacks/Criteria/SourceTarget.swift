import Contract
import Models

/// The classifier names one class for images of another.
package struct SourceTarget: Criterion {
  /// The word for it in the spec.
  package static let kind = "source-target"
  /// What it is.
  package static let summary =
    "one class for images of another (Papernot and others 2016, §II)"

  private let source: Int
  private let wanted: Int
  /// The class to be named.
  package var target: Int? { wanted }

  /// From a class to another.
  package init(from source: Int, to wanted: Int) {
    (self.source, self.wanted) = (source, wanted)
  }

  /// Takes the classes `from` and `to`.
  package init(options: inout OptionReader) throws(OptionError) {
    self.init(
      from: try options.int("from", in: 0...1000), to: try options.int("to", in: 0...1000))
  }

  /// For images of the source, which is not the target.
  package func isPossible(for label: Int) -> Bool { source == label && wanted != label }

  /// The target for an image of the source.
  package func isMet(by answer: Classifier.Answer, for label: Int) -> Bool {
    source == label && answer.label == wanted
  }
}

extension Criterion where Self == SourceTarget {
  /// One class for images of another.
  package static func sourceTarget(from source: Int, to wanted: Int) -> Self {
    Self(from: source, to: wanted)
  }
}
