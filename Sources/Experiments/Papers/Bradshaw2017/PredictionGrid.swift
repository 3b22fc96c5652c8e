import Contract
import Datasets
import Kernels
import Measures
import Stages

/// Every model on the test images of every data set: what domain shift and calibration look at.
///
/// Bradshaw, Matthews & Ghahramani 2017, transfer testing: models that learnt from one data set are
/// tested on others with the same classes.
package struct PredictionGrid {
  /// One model on one data set.
  package struct Entry {
    /// The model, with its replicate.
    package let model: StageInput
    /// The name of the data set.
    package let set: String
    /// The stage that the data set came from.
    package let source: String
    /// What the model's distributions are worth there.
    package let scores: PredictiveScores

    package init(model: StageInput, set: String, source: String, scores: PredictiveScores) {
      self.model = model
      self.set = set
      self.source = source
      self.scores = scores
    }

    /// The cells that every row about it begins with.
    package var cells: [Table.Cell] {
      [.text(model.name), .integer(model.replicate), .text(set), .text(source)]
    }

    /// The columns of these cells.
    package static let columns = [
      Table.Column("model", "model"), Table.Column("replicate", "run"),
      Table.Column("set", "tested on"), Table.Column("source", "stage of the images"),
    ]
  }

  /// The slots of a stage that looks at such a grid.
  package static let inputs = [
    InputSlot("sets", artifacts: ["digits"], takesMany: true),
    InputSlot("models", artifacts: ["weights"], takesMany: true),
  ]

  /// Model by model, and within a model set by set.
  package let entries: [Entry]
  private let sets: [(source: String, digits: DigitImages)]

  /// Scores every model on every set.
  package init(_ context: StageContext) throws(StageFailure) {
    var sets: [(source: String, digits: DigitImages)] = []
    for input in context.inputs["sets"] ?? [] { sets.append((input.name, try input.digits())) }
    try Self.requireOneShape(sets.map(\.digits))
    let models = context.inputs["models"] ?? []
    var entries: [Entry] = []
    for (m, model) in models.enumerated() {
      for (source, digits) in sets {
        let (classifier, test) = try model.subject(digits.test, in: context.workspace)
        entries.append(
          Entry(
            model: model, set: digits.name, source: source,
            scores: try test.scores(of: classifier)))
      }
      context.progress(Progress(m + 1, of: models.count, unit: "models", detail: model.stage))
    }
    self.entries = entries
    self.sets = sets
  }

  /// The name of a curve: the model and the set, or the set's stage where sets are called alike.
  func seriesName(_ entry: Entry) -> String {
    let isOnly = sets.count { $0.digits.name == entry.set } == 1
    return "\(entry.model.name), \(isOnly ? entry.set : entry.source)"
  }

  /// An answer whose conditions `data`, `train-images` and so on are those of the models' own data, and
  /// which says of every set how many images were tested on.
  package func output(_ context: StageContext, _ artifacts: [String: Artifact]) -> StageOutput {
    var output = context.inheriting(artifacts)
    for (_, digits) in sets {
      for name in digits.conditions.keys {
        let said = Set((context.inputs["models"] ?? []).compactMap { $0.output.conditions[name] })
        output.conditions[name] = said.isEmpty ? nil : said.sorted().joined(separator: " and ")
      }
    }
    for (_, digits) in sets {
      output.conditions["\(digits.name)/test-images"] = "\(digits.test.count)"
    }
    return output
  }

  private static func requireOneShape(_ sets: [DigitImages]) throws(StageFailure) {
    guard let first = sets.first else { return }
    for other in sets where other.test.shape != first.test.shape {
      throw StageFailure(
        .data,
        "‘\(first.name)’ has images of shape \(first.test.shape), ‘\(other.name)’ of"
          + " \(other.test.shape); a stage of kind ‘\(AsDigits.kind)’ makes pictures fit a network"
          + " of \(AsDigits.side)×\(AsDigits.side) pixels")
    }
  }
}
