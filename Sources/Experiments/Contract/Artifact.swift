/// What a stage hands on: a value, never a file.
///
/// Only `Pipeline` turns it into one.
public enum Artifact: Hashable, Sendable {
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
public struct StageOutput: Hashable, Sendable {
  /// The values by name; a name is a lower-case word with dashes, and becomes a file name.
  public var artifacts: [String: Artifact]
  /// What the numbers were made under, such as `data: mnist` or `maxout/epochs: 60`.
  ///
  /// A claim lists the conditions of its paper, and is comparable only where they hold.
  public var conditions: [String: String]
  /// Where this stage departs from its paper, for the report's list.
  public var deviations: [Deviation]

  /// An answer; conditions and deviations of the inputs are added by whoever uses them.
  public init(
    artifacts: [String: Artifact], conditions: [String: String] = [:],
    deviations: [Deviation] = []
  ) {
    self.artifacts = artifacts
    self.conditions = conditions
    self.deviations = deviations
  }
}

/// One departure from a paper: what differs, why, and which way it should move the numbers.
public struct Deviation: Hashable, Sendable {
  /// What is done otherwise than in the paper.
  public let what: String
  /// Why, and what effect is to be expected.
  public let why: String

  /// A departure and its reason.
  public init(_ what: String, because why: String) {
    self.what = what
    self.why = why
  }
}
