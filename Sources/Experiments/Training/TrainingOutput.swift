import Contract
import Kernels

/// What every training stage hands on beside its weights: the course that led to them.
package struct TrainingOutput {
  /// What was trained, for captions.
  package let title: String
  /// What it was watched by.
  package let watches: [Watch]
  /// The whole course.
  package let curve: [Trainer.Epoch]

  /// The course of a training with one trainer.
  package init(title: String, _ trainer: Trainer, _ state: Trainer.State) {
    self.title = title
    watches = trainer.watches
    curve = state.curve
  }

  /// The table `curve` and the plot `plot`.
  package var artifacts: [String: Artifact] { ["curve": .table(table), "plot": .plot(plot)] }

  /// What a training stage gives that watches errors of these names.
  package static func outputs(watching watches: String...) -> [OutputSlot] {
    outputs(watching: watches)
  }

  /// The same for a list of names.
  package static func outputs(watching watches: [String]) -> [OutputSlot] {
    [
      .tensors("weights"), .table("curve", columns: ["epoch"] + watches + ["training_loss"]),
      .plot("plot"),
    ]
  }

  /// The watched errors and the training loss after each epoch.
  package var table: Table {
    Table(
      caption: "Course of the training of \(title).",
      columns: [Table.Column("epoch", "epoch")]
        + watches.map { Table.Column($0.name, $0.title, unit: "%", decimals: 2) }
        + [Table.Column("training_loss", "training loss", decimals: 4)],
      rows: curve.map { epoch in
        [.integer(epoch.number)]
          + zip(watches, epoch.errors).map { .proportion(hits: $1, total: $0.count) }
          + [.number(epoch.loss)]
      })
  }

  /// The watched errors over the epochs, or the training loss where nobody watched.
  package var plot: Plot {
    if watches.isEmpty {
      return Plot(
        caption: "Training loss while \(title) was trained.", title: title, xLabel: "epoch",
        yLabel: "training loss",
        series: [
          Plot.Series(
            "training loss", points: curve.map { Plot.Point(x: Double($0.number), y: $0.loss) })
        ])
    }
    return Plot(
      caption: "\(capitalised(watches.map(\.title).joined(separator: " and "))) while \(title) was"
        + " trained.",
      title: title, xLabel: "epoch",
      yLabel: watches.count == 1 ? "\(watches[0].title) (%)" : "error (%)",
      series: watches.indices.map { i in
        Plot.Series(
          watches[i].title,
          points: curve.map {
            Plot.Point(
              x: Double($0.number),
              y: Double($0.errors[i]) / Double(max(1, watches[i].count)) * 100)
          })
      })
  }

  private func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
