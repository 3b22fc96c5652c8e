import Kernels

/// What every training stage hands on: the best weights and the curve that led to them.
struct TrainingOutput {
  /// What was trained, for captions.
  let title: String
  /// Validation images the errors are counted on.
  let validationCount: Int
  /// The whole course.
  let curve: [Trainer.Epoch]

  /// The validation error and the training loss after each epoch.
  var table: Table {
    Table(
      caption: "Course of the training of \(title).",
      columns: [
        Table.Column("epoch", "epoch"),
        Table.Column("validation_error", "validation error", unit: "%", decimals: 2),
        Table.Column("training_loss", "training loss", decimals: 4),
      ],
      rows: curve.map {
        [
          .integer($0.number), .proportion(hits: $0.errors, total: validationCount),
          .number($0.loss),
        ]
      })
  }

  /// The validation error over the epochs.
  var plot: Plot {
    Plot(
      caption: "Validation error while \(title) was trained.", title: title, xLabel: "epoch",
      yLabel: "validation error (%)",
      series: [
        Plot.Series(
          "validation error",
          points: curve.map {
            Plot.Point(
              x: Double($0.number), y: Double($0.errors) / Double(max(1, validationCount)) * 100)
          })
      ])
  }
}
