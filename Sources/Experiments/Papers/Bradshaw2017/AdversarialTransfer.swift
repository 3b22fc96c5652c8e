import Contract
import Datasets
import Kernels

/// What each model makes of the adversarial examples that fool another.
///
/// Bradshaw, Matthews & Ghahramani 2017, the tables of error and log-likelihood. A model errs on all
/// examples of its own although part of the attacks on it fail, so the rates must be over those that
/// succeed: they are here.
package struct AdversarialTransfer: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "adversarial-transfer"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Error and log-likelihood of each model on images that fool another (Bradshaw and others 2017)."
  /// The clean images, the attacks, and the models that are shown what these made.
  package static let inputs = [
    InputSlot("data", artifacts: ["digits"]),
    InputSlot("attacks", artifacts: ["adversarial"], takesMany: true),
    InputSlot("models", artifacts: ["weights"], takesMany: true),
  ]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table("cells", "attack", "source", "target", "error_rate", "log_likelihood"),
    .table(
      "transfer", "attack", "source", "source_replicate", "target", "target_replicate", "examples",
      "error_rate", "log_likelihood"),
  ]
  /// A few thousand images are soon read.
  package static let isParallel = false

  /// The source of images that nobody has attacked.
  package static let clean = "clean"

  /// Takes no options.
  package init(options: inout OptionReader) throws(OptionError) {}

  /// Gives the table `transfer`, a row for each pair of a source and a target, and `cells`, in which
  /// the replicates of a pair are taken together.
  package func run(_ context: StageContext) throws -> StageOutput {
    let digits = try context.input("data").digits()
    let inputs = context.inputs["models"] ?? []
    let sources = try sources(context, digits.test)
    let replicated = Set(Dictionary(grouping: inputs, by: \.name).filter { $1.count > 1 }.keys)
    var readings: [TransferReading] = []
    for (i, input) in inputs.enumerated() {
      let reader = try TransferReader(input, in: context.workspace)
      readings.append(try reader.reading(of: digits.test))
      for source in sources
      where !(source.isReplicated && replicated.contains(input.name))
        || source.set.replicate == input.replicate
      {
        readings.append(try reader.reading(of: source.set, madeBy: source.attack))
      }
      context.progress(Progress(i + 1, of: inputs.count, unit: "models", detail: input.stage))
    }
    // By source first, as the paper has it; the clean images are at the top.
    let order = [Self.clean] + sources.map(\.key)
    let ordered = order.uniqued().flatMap { key in readings.filter { $0.key == key } }
    return context.inheriting([
      "transfer": .table(transfer(ordered)), "cells": .table(cells(ordered)),
    ])
  }

  private struct Source {
    let attack: String
    let set: AdversarialSet
    var isReplicated = false
    var key: String { TransferReading.key(attack, set.name) }
  }

  /// The sets of all attacks, checked to be made from these images.
  private func sources(
    _ context: StageContext, _ test: LabelledImages
  ) throws(StageFailure) -> [Source] {
    var sources: [Source] = []
    for attack in context.inputs["attacks"] ?? [] {
      for set in try attack.adversarialSets() {
        let fits = zip(set.rows, set.labels).allSatisfy { row, label in
          test.labels.indices.contains(row) && Int(test.labels[row]) == label
        }
        guard fits, set.pixels == test.pixelsPerImage else {
          throw StageFailure(
            .data, "the images of ‘\(attack.stage)’ were not made from these test images")
        }
        sources.append(Source(attack: attack.name, set: set))
      }
    }
    let counts = Dictionary(grouping: sources, by: \.key).mapValues(\.count)
    return sources.map { source in
      Source(
        attack: source.attack, set: source.set, isReplicated: counts[source.key, default: 1] > 1)
    }
  }

  private func transfer(_ readings: [TransferReading]) -> Table {
    Table(
      caption:
        "Error and mean log-likelihood of the true class: on the test images as they are, all"
        + " of them, and on those adversarial images of each source that fool the source itself.",
      columns: [
        Table.Column("attack", "attack"), Table.Column("source", "made on"),
        Table.Column("source_replicate", "run"), Table.Column("target", "shown to"),
        Table.Column("target_replicate", "run"), Table.Column("examples", "images"),
        Table.Column("error_rate", "error", unit: "%", decimals: 2),
        Table.Column("log_likelihood", "log-likelihood", unit: "nats", decimals: 3),
      ],
      rows: readings.map { reading in
        [
          .text(reading.attack), .text(reading.source),
          reading.sourceReplicate.map(Table.Cell.integer) ?? .missing,
          .text(reading.target), .integer(reading.targetReplicate), .text(reading.examples),
          reading.errorCell, .measured(reading.logLikelihood),
        ]
      })
  }

  private func cells(_ readings: [TransferReading]) -> Table {
    let groups = Dictionary(grouping: readings) { [$0.key, $0.target] }
    let order = readings.map { [$0.key, $0.target] }.uniqued()
    return Table(
      caption: "The same with all images of a pair’s replicates taken together.",
      columns: [
        Table.Column("attack", "attack"), Table.Column("source", "made on"),
        Table.Column("target", "shown to"),
        Table.Column("error_rate", "error", unit: "%", decimals: 2),
        Table.Column("log_likelihood", "log-likelihood", unit: "nats", decimals: 3),
      ],
      rows: order.compactMap { groups[$0].flatMap(TransferReading.pooled) }.map { reading in
        [
          .text(reading.attack), .text(reading.source), .text(reading.target), reading.errorCell,
          .measured(reading.logLikelihood),
        ]
      })
  }
}
