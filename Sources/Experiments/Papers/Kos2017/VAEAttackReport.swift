import Contract
import Kernels
import Measures

/// The tables and heat maps of one attack on an autoencoder.
struct VAEAttackReport {
  private let all: [Transformed]
  private let attack: Transformation
  private let subject: AttackSubject
  /// How far reconstructions of clean images lie from the nearest of the gallery.
  private let ordinary: Double

  init(
    _ all: [Transformed], _ attack: Transformation, _ subject: AttackSubject, ordinary: Double
  ) {
    self.all = all
    self.attack = attack
    self.subject = subject
    self.ordinary = ordinary
  }

  private var classes: [Int] { subject.reader.classifier.classes }

  /// `cells`, `totals`, `ignore-target` and `target`.
  func artifacts(model: String) -> [String: Artifact] {
    let groups = Dictionary(grouping: all) { [$0.source, $0.target] }
    func cell(_ source: Int, _ target: Int) -> TransformationSummary {
      TransformationSummary(groups[[source, target]] ?? [])
    }
    return [
      "cells": .table(cells(cell)), "totals": .table(totals(model)),
      "ignore-target": PairMatrix(classes) {
        TransformationSummary.percent(cell($0, $1).ignoreAfter)
      }.heatMap(
        "AS ignoring the target",
        caption:
          "Share in percent that is no longer read as the source class after reconstruction.",
        decimals: 1),
      "target": PairMatrix(classes) {
        TransformationSummary.percent(cell($0, $1).targetAfter)
      }.heatMap(
        "AS of the target",
        caption: "Share in percent that is read as the target class after reconstruction.",
        decimals: 1),
    ]
  }

  private func cells(_ cell: (Int, Int) -> TransformationSummary) -> Table {
    var table = Table(
      caption: "Each source class towards each target class.",
      columns: [
        Table.Column("source", "source"), Table.Column("target", "target"),
        Table.Column("images", "images"),
        Table.Column("ignore_target_rate", "AS ignoring the target", unit: "%", decimals: 2),
        Table.Column("target_rate", "AS of the target", unit: "%", decimals: 2),
        Table.Column("ignore_before", "on codes, ignoring", unit: "%", decimals: 2),
        Table.Column("target_before", "on codes, target", unit: "%", decimals: 2),
        Table.Column("mean_l2", "mean ‖x* − x‖", decimals: 3),
      ])
    for s in classes.indices {
      for t in classes.indices where t != s {
        let one = cell(s, t)
        table.append([
          .integer(classes[s]), .integer(classes[t]), .integer(one.count), one.ignoreAfter,
          one.targetAfter, one.ignoreBefore, one.targetBefore, .measured(one.distance),
        ])
      }
    }
    return table
  }

  private func totals(_ model: String) -> Table {
    let summary = TransformationSummary(all)
    let means = summary.meansOfCells
    return Table(
      caption:
        "The whole table in a row. Rates after feedback are those of reconstructions that went"
        + " to their code once more; before it, those of the codes of adversarial images themselves."
        + " Strangeness is the distance of a reconstruction from the nearest reconstruction of a clean"
        + " validation image; that of clean test images stands beside it.",
      columns: [
        Table.Column("part", "sources"), Table.Column("model", "model"),
        Table.Column("attack", "attack"), Table.Column("images", "images"),
        Table.Column("attacks", "attacks"), Table.Column("lambda", "λ", decimals: 5),
        Table.Column("iterations", "iterations"),
        Table.Column("mean_l2", "mean ‖x* − x‖", decimals: 3),
        Table.Column("mean_rmsd", "mean RMSD", decimals: 4),
        Table.Column("accuracy_before", "codes read rightly", unit: "%", decimals: 2),
        Table.Column("target_before", "codes read as the target", unit: "%", decimals: 2),
        Table.Column("ignore_target_rate", "AS ignoring the target", unit: "%", decimals: 2),
        Table.Column("target_rate", "AS of the target", unit: "%", decimals: 2),
        Table.Column("mean_cell_ignore", "mean of cells, ignoring", unit: "%", decimals: 2),
        Table.Column("mean_cell_target", "mean of cells, target", unit: "%", decimals: 2),
        Table.Column("strangeness", "strangeness", decimals: 3),
        Table.Column("ordinary", "of clean images", decimals: 3),
        Table.Column("cost", "multiply-adds an iteration", unit: "millions", decimals: 2),
      ],
      rows: [
        [
          .text("all"), .text(model), .text(attack.kind.rawValue),
          .integer(Set(all.map(\.image)).count), .integer(summary.count),
          .number(attack.optimisation.lambda),
          .integer(attack.optimisation.iterations), .measured(summary.distance),
          .measured(summary.deviation(pixels: subject.digits.test.pixelsPerImage)),
          summary.accuracyBefore, summary.targetBefore, summary.ignoreAfter, summary.targetAfter,
          .measured(means.ignore), .measured(means.target), .measured(summary.strangeness),
          .number(ordinary), .number(attack.kind.cost(subject.reader)),
        ]
      ])
  }
}
