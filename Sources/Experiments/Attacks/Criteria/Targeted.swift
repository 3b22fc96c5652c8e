import Contract
import Models

/// The classifier names one class, whatever the input shows.
package struct Targeted: Criterion {
  /// The word for it in the spec.
  package static let kind = "targeted"
  /// What it is.
  package static let summary =
    "one class, whatever the image shows (Papernot and others 2016, §II)"

  private let wanted: Int
  /// The class.
  package var target: Int? { wanted }

  /// That class.
  package init(_ wanted: Int) { self.wanted = wanted }

  /// Takes the `class`.
  package init(options: inout OptionReader) throws(OptionError) {
    self.init(try options.int("class", in: 0...1000))
  }

  /// For images of other classes.
  package func isPossible(for label: Int) -> Bool { wanted != label }

  /// That class.
  package func isMet(by answer: Classifier.Answer, for label: Int) -> Bool {
    answer.label == wanted
  }
}

extension Criterion where Self == Targeted {
  /// One class, whatever the image shows.
  package static func targeted(_ wanted: Int) -> Self { Self(wanted) }
}
