import Contract

/// The first stage is all there is.
package struct NoSequel: Sequel {
  /// The word that names it in the spec.
  package static let kind = "none"
  /// What it is.
  package static let summary = "nothing follows the first stage"

  /// Takes no options.
  package init(options: inout OptionReader) throws(OptionError) {}

  /// It can follow anything.
  package func objection(toWatches watches: [Watch.Subject]) -> String? { nil }

  /// The best networks of the first stage.
  package func follow(_ first: FirstStage) -> [FirstStage.Trained] { first.ends }
}
