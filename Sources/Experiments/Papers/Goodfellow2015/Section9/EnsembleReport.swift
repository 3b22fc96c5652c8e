import Contract
import Measures

/// One member of an ensemble, and what it did to the others.
struct EnsembleMember: Sendable {
  let model: StageInput
  let training: MemberTraining
  /// Its own answers on clean images.
  let clean: Evaluation
  /// Its own answers on images made on it.
  let attacked: Evaluation
  /// The ensemble's answers on those.
  let ensemble: Evaluation
}

/// What is shown of an ensemble under attack.
struct EnsembleReport {
  let members: [EnsembleMember]
  /// The ensemble on clean images.
  let clean: Evaluation
  /// The ensemble on images made on all of it.
  let whole: Evaluation
  /// The attack in words.
  let attack: String

  /// The ensemble's error for each target of the attack.
  var attackTable: Table {
    let rows =
      [("none", clean), ("whole ensemble", whole)]
      + members.prefix(1).map { ("one member", $0.ensemble) }
    return Table(
      caption: "Error on the test images of an ensemble of \(members.count) networks, clean and"
        + " under \(attack), made on the whole ensemble or on its first member alone.",
      columns: [
        Table.Column("target", "attack made on"),
        Table.Column("error_rate", "error of the ensemble", unit: "%", decimals: 2),
        Table.Column("confidence", "confidence on mistakes", unit: "%", decimals: 1),
      ],
      rows: rows.map { target, result in
        [.text(target), result.errorCell, result.confidenceCell]
      })
  }

  /// Each member by itself, and what its images do to the ensemble.
  var memberTable: Table {
    Table(
      caption:
        "The members: their own errors, and that of the ensemble under \(attack), made on the"
        + " member alone.",
      columns: [
        Table.Column("model", "model"), Table.Column("replicate", "run"),
        Table.Column("kept_epoch", "weights of epoch"),
        Table.Column("clean_error_rate", "clean error", unit: "%", decimals: 2),
        Table.Column("error_rate", "own error under attack", unit: "%", decimals: 2),
        Table.Column("ensemble_error_rate", "error of the ensemble", unit: "%", decimals: 2),
      ],
      rows: members.map { member in
        [
          .text(member.model.name), .integer(member.model.replicate),
          .integer(member.training.keptEpoch), member.clean.errorCell, member.attacked.errorCell,
          member.ensemble.errorCell,
        ]
      })
  }

  /// Mean, lowest and highest of the members.
  var spreadTable: Table {
    func column(_ result: (EnsembleMember) -> Evaluation) -> [Double] {
      members.map { result($0).errorPercent }
    }
    let columns = [column(\.clean), column(\.attacked), column(\.ensemble)]
    func row(_ name: String, _ statistic: ([Double]) -> Double?) -> [Table.Cell] {
      [.text(name)] + columns.map { .measured(statistic($0)) }
    }
    return Table(
      caption: "The spread over the \(members.count) members under \(attack).",
      columns: [
        Table.Column("statistic", "over the members"),
        Table.Column("clean_error_rate", "clean error", unit: "%", decimals: 2),
        Table.Column("error_rate", "own error under attack", unit: "%", decimals: 2),
        Table.Column("ensemble_error_rate", "error of the ensemble", unit: "%", decimals: 2),
      ],
      rows: [
        row("mean") { $0.reduce(0, +) / Double($0.count) }, row("lowest") { $0.min() },
        row("highest") { $0.max() },
      ])
  }

  /// The members side by side, with the attack on the whole ensemble as a level.
  var plot: Plot {
    func points(_ result: (EnsembleMember) -> Evaluation) -> [Plot.Point] {
      members.enumerated().map { result($1).errorPoint(at: Double($0 + 1)) }
    }
    return Plot(
      caption: "Errors under \(attack) member by member, with Wilson 95 % intervals over the test"
        + " images.",
      title: "An ensemble and its members under attack", xLabel: "member", yLabel: "error (%)",
      series: [
        Plot.Series("the member, attacked by itself", style: .marks, points: points(\.attacked)),
        Plot.Series(
          "the ensemble, attacked through the member", style: .marks, points: points(\.ensemble)),
        Plot.Series("the ensemble, attacked as a whole", points: points { _ in whole }),
      ])
  }
}
