import Contract
import Kernels
import Measures

/// Whether models know what they do not know: accuracy against confidence, and against the share of
/// images they are allowed to decline.
///
/// Bradshaw, Matthews & Ghahramani 2017 claim that the Gaussian process is better calibrated, without
/// such a diagram; bins and shares are ours.
package struct CalibrationTable: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "calibration"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Accuracy of models against their confidence and against the share of images they keep."
  /// The data sets to test on, and the models.
  package static let inputs = PredictionGrid.inputs
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table(
      "reliability", "model", "replicate", "set", "source", "bin", "lower", "count", "confidence",
      "accuracy"),
    .table(
      "summary", "model", "replicate", "set", "source", "calibration_error", "accuracy",
      "kept_accuracy"), .plot("rejection-plot"), .plot("reliability-plot"),
  ]
  /// Many models times many sets are worth the cores.
  package static let isParallel = true
  /// The models' own data stand in the conditions.
  package static let readsConditions = true

  /// The share kept that the summary speaks of, in percent.
  private static let keptShare = 90

  /// Takes no options.
  package init(options: inout OptionReader) throws(OptionError) {}

  /// Gives the tables `summary` and `reliability`, and the plots `reliability-plot` and
  /// `rejection-plot`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let grid = try PredictionGrid(context)
    return grid.output(
      context,
      [
        "summary": .table(summary(grid)), "reliability": .table(reliability(grid)),
        "reliability-plot": .plot(reliabilityPlot(grid)),
        "rejection-plot": .plot(rejectionPlot(grid)),
      ])
  }

  private func summary(_ grid: PredictionGrid) -> Table {
    var table = Table(
      caption: "The expected calibration error is the mean distance between confidence and accuracy"
        + " over \(Calibration.binCount) bins, weighted by their images.",
      columns: PredictionGrid.Entry.columns + [
        Table.Column(
          "calibration_error", "expected calibration error", unit: "%", decimals: 2),
        Table.Column("accuracy", "accuracy", unit: "%", decimals: 2),
        Table.Column(
          "kept_accuracy", "accuracy on the most confident \(Self.keptShare) %", unit: "%",
          decimals: 2),
      ])
    for entry in grid.entries {
      let kept = RejectionCurve(entry.scores).point(at: Self.keptShare)
      table.append(
        entry.cells + [
          .measured(Calibration(entry.scores).expectedError.map { $0 * 100 }),
          .proportion(hits: entry.scores.hits, total: entry.scores.count),
          kept.map { .proportion(hits: $0.hits, total: $0.kept) } ?? .missing,
        ])
    }
    return table
  }

  private func reliability(_ grid: PredictionGrid) -> Table {
    let width = 100 / Calibration.binCount
    var table = Table(
      caption: "Images by the probability of the class that was named, in bins of \(width) points;"
        + " a bin holds its lower edge.",
      columns: PredictionGrid.Entry.columns + [
        Table.Column("bin", "bin"), Table.Column("lower", "from", unit: "%"),
        Table.Column("count", "images"),
        Table.Column("confidence", "mean confidence", unit: "%", decimals: 1),
        Table.Column("accuracy", "accuracy", unit: "%", decimals: 1),
      ])
    for entry in grid.entries {
      for (place, bin) in Calibration(entry.scores).bins.enumerated() {
        table.append(
          entry.cells + [
            .integer(place + 1), .integer(place * width), .integer(bin.count),
            .measured(bin.confidence.map { $0 * 100 }),
            bin.count > 0 ? .proportion(hits: bin.hits, total: bin.count) : .missing,
          ])
      }
    }
    return table
  }

  private func reliabilityPlot(_ grid: PredictionGrid) -> Plot {
    var bands = SeedBands()
    for entry in grid.entries {
      bands.add(
        grid.seriesName(entry),
        Calibration(entry.scores).bins.map { bin in
          guard let confidence = bin.confidence, let accuracy = bin.accuracy else { return nil }
          return SeedBands.Sample(x: confidence * 100, y: accuracy * 100)
        })
    }
    let diagonal = Plot.Series(
      "right as often as confident", points: [Plot.Point(x: 0, y: 0), Plot.Point(x: 100, y: 100)])
    return Plot(
      caption: "Accuracy against mean confidence, a point a bin. Below the diagonal a model is too"
        + " sure of itself. Several runs: their mean, with the lowest and the highest.",
      title: "Accuracy against confidence", xLabel: "mean confidence (%)",
      yLabel: "accuracy (%)", yRange: 0...100, series: [diagonal] + bands.series)
  }

  private func rejectionPlot(_ grid: PredictionGrid) -> Plot {
    var bands = SeedBands()
    for entry in grid.entries {
      bands.add(
        grid.seriesName(entry),
        RejectionCurve(entry.scores).points.map {
          SeedBands.Sample(x: Double($0.share), y: $0.accuracy)
        })
    }
    return Plot(
      caption: "Accuracy on the images a model is most confident about, against the share of them."
        + " Several runs: their mean, with the lowest and the highest.",
      title: "Accuracy on what is kept", xLabel: "most confident images kept (%)",
      yLabel: "accuracy (%)", yRange: 0...100, series: bands.series)
  }
}
