import Contract

extension Criterion {
  /// The words for the goals in the spec.
  private enum Word: String, CaseIterable {
    case confidenceReduction = "confidence-reduction"
    case misclassification
    case targeted
    case sourceTarget = "source-target"
  }

  /// Reads a goal: `criterion: {kind: targeted, class: 3}`, `{kind: misclassification}`,
  /// `{kind: source-target, from: 3, to: 7}` or `{kind: confidence-reduction, below: 0.5}`.
  ///
  /// Classes are positions among those that the model tells apart.
  package init(_ name: String, of options: inout OptionReader) throws(OptionError) {
    self = try options.mapping(name, "a criterion, such as {kind: misclassification}") {
      inner throws(OptionError) in
      switch try inner.choice("kind", of: Word.self) {
      case .confidenceReduction:
        .confidenceReduction(below: Float(try inner.double("below", in: 0...1)))
      case .misclassification: .misclassification
      case .targeted: .targeted(try inner.int("class", in: 0...1000))
      case .sourceTarget:
        .sourceTarget(
          from: try inner.int("from", in: 0...1000), to: try inner.int("to", in: 0...1000))
      }
    }
  }
}
