import Contract
import Kernels

/// Accuracy and log-likelihood of models on data sets that they did not learn from.
///
/// Bradshaw, Matthews & Ghahramani 2017, transfer testing table: MNIST, ANOMNIST, Semeion and SVHN for
/// networks of MNIST.
package struct DomainShiftTable: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "domain-shift"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Accuracy, log-likelihood and entropy of models on other data sets than their own."
  /// The data sets to test on, and the models.
  package static let inputs = PredictionGrid.inputs
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table(
      "shift", "model", "replicate", "set", "source", "accuracy", "log_likelihood",
      "log_likelihood_error", "entropy")
  ]
  /// Many models times many sets are worth the cores.
  package static let isParallel = true
  /// The models' own data stand in the conditions.
  package static let readsConditions = true
  /// Each row is about one model on one set.
  package static let rowInputs = ["sets": ["source"], "models": ["model"]]

  /// Takes no options.
  package init(options: inout OptionReader) throws(OptionError) {}

  /// Gives the table `shift`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let grid = try PredictionGrid(context)
    var table = Table(
      caption: "Models on the test images of data sets, their own among them. The standard error of"
        + " the log-likelihood is that over the images; 0 nats is certainty of the true class.",
      columns: PredictionGrid.Entry.columns + [
        Table.Column("accuracy", "accuracy", unit: "%", decimals: 2),
        Table.Column("log_likelihood", "mean log-likelihood", unit: "nats", decimals: 3),
        Table.Column("log_likelihood_error", "its standard error", unit: "nats", decimals: 3),
        Table.Column("entropy", "mean entropy", unit: "nats", decimals: 3),
      ])
    for entry in grid.entries {
      let scores = entry.scores
      table.append(
        entry.cells + [
          .proportion(hits: scores.hits, total: scores.count), .measured(scores.logLikelihood),
          .measured(scores.logLikelihoodError), .measured(scores.entropy),
        ])
    }
    return grid.output(context, ["shift": .table(table)])
  }
}
