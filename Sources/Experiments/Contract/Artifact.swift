/// What a stage hands on: a value, never a file.
///
/// Only `Pipeline` turns it into one.
package enum Artifact: Hashable, Sendable {
  /// Named arrays: data sets, weights, predictions.
  case tensors(TensorBundle)
  /// Typed rows, written as CSV and shown in the report.
  case table(Table)
  /// Equally sized pictures in rows, written as PNG.
  case images(ImageGrid)
  /// Curves or points over axes, drawn by gnuplot.
  case plot(Plot)
  /// A matrix as coloured cells with their values, drawn by gnuplot.
  case heatMap(HeatMap)
  /// Values over a part of the plane, with data points on top, drawn by gnuplot.
  case plane(PlaneMap)
}

/// A stage's complete answer.
package struct StageOutput: Hashable, Sendable {
  /// The values by name; a name is a lower-case word with dashes, and becomes a file name.
  package var artifacts: [String: Artifact]
  /// What the numbers were made under, such as `data: mnist` or `maxout/epochs: 60`.
  ///
  /// A claim lists the conditions of its paper, and is comparable only where they hold.
  package var conditions: [String: String]
  /// Where this stage departs from its paper, for the report's list.
  package var deviations: [Deviation]

  /// An answer; conditions and deviations of the inputs are added by whoever uses them.
  package init(
    artifacts: [String: Artifact], conditions: [String: String] = [:],
    deviations: [Deviation] = []
  ) {
    self.artifacts = artifacts
    self.conditions = conditions
    self.deviations = deviations
  }
}

/// One departure from a paper: what differs, why, and which way it should move the numbers.
package struct Deviation: Hashable, Sendable {
  /// What is done otherwise than in the paper.
  package let what: String
  /// Why, and what effect is to be expected.
  package let why: String

  /// A departure and its reason.
  package init(_ what: String, because why: String) {
    self.what = what
    self.why = why
  }
}
