import Contract

/// How much farther an attack has to go on one model than on another.
///
/// Bradshaw, Matthews & Ghahramani 2017 give the attacks that failed and the mean extra perturbation
/// of those that did not.
package struct AttackComparison: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "attack-comparison"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Failed attacks and extra distances of models beside the first (Bradshaw and others 2017)."
  /// The attacks, that of the model the others are compared with first.
  package static let inputs = [
    InputSlot("attacks", artifacts: ["adversarial"], takesMany: true)
  ]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table(
      "comparison", "attack", "model", "replicate", "attacked", "failed", "failure_rate", "mean_l2",
      "mean_l2_wide", "both", "extra_l2", "extra_l2_wide")
  ]
  /// Sums are soon taken.
  package static let isParallel = false

  /// Takes no options.
  package init(options: inout OptionReader) throws(OptionError) {}

  /// The replicates of one model under one attack.
  private struct Subject {
    let attack: String
    let name: String
    var sets: [AdversarialSet]
  }

  /// Gives the table `comparison`: for each model a row for all its replicates and one for each.
  package func run(_ context: StageContext) throws -> StageOutput {
    var subjects: [Subject] = []
    for input in context.inputs["attacks"] ?? [] {
      for set in try input.adversarialSets() {
        if let known = subjects.firstIndex(where: { $0.attack == input.name && $0.name == set.name }
        ) {
          subjects[known].sets.append(set)
        } else {
          subjects.append(Subject(attack: input.name, name: set.name, sets: [set]))
        }
      }
    }
    guard let base = subjects.first else {
      throw StageFailure(.data, "there is no attack to compare others with")
    }
    var table = emptyTable(base.name)
    for (i, subject) in subjects.enumerated() {
      var extras: [[Double]] = []
      for set in subject.sets { extras.append(i == 0 ? [] : try extra(set, subject, base)) }
      table.append(
        row(subject, .text("all"), subject.sets, extras.flatMap { $0 }))
      for (set, extra) in zip(subject.sets, extras) {
        table.append(row(subject, .integer(set.replicate), [set], extra))
      }
    }
    return context.inheriting(["comparison": .table(table)])
  }

  /// How much farther each image had to go than on the first model, where both were fooled; of two
  /// models with replicates those of the same number are compared, otherwise all.
  private func extra(
    _ set: AdversarialSet, _ subject: Subject, _ base: Subject
  ) throws(StageFailure) -> [Double] {
    let isPaired = subject.sets.count > 1 && base.sets.count > 1
    var result: [Double] = []
    for other in base.sets where !isPaired || other.replicate == set.replicate {
      let positions = Dictionary(
        other.successes.map { (other.rows[$0], $0) }, uniquingKeysWith: { first, _ in first })
      for i in set.successes {
        guard let j = positions[set.rows[i]] else { continue }
        guard set.labels[i] == other.labels[j], set.pixels == other.pixels else {
          throw StageFailure(
            .data, "the images of ‘\(subject.attack)’ and ‘\(base.attack)’ are not the same")
        }
        result.append(Double(set.distances[i]) - Double(other.distances[j]))
      }
    }
    return result
  }

  private func row(
    _ subject: Subject, _ replicate: Table.Cell, _ sets: [AdversarialSet], _ extra: [Double]
  ) -> [Table.Cell] {
    let distances = DistanceSummary(sets.flatMap(\.successDistances))
    let extra = DistanceSummary(extra)
    let attacked = sets.map(\.done).reduce(0, +)
    let failed = attacked - distances.count
    return [
      .text(subject.attack), .text(subject.name), replicate, .integer(attacked), .integer(failed),
      attacked > 0 ? .proportion(hits: failed, total: attacked) : .missing,
      .measured(distances.mean), .measured(distances.mean.map { 2 * $0 }), .integer(extra.count),
      .measured(extra.mean), .measured(extra.mean.map { 2 * $0 }),
    ]
  }

  private func emptyTable(_ base: String) -> Table {
    Table(
      caption:
        "Attacks of images that the model read rightly. Failures are counted of the attacked;"
        + " distances ‖x′ − x‖ are means over the successes, and the extra distance is the mean"
        + " over the images on which both the model and \(base) were fooled; pixels in 0…1 and,"
        + " twice the numbers, in −1…1.",
      columns: [
        Table.Column("attack", "attack"), Table.Column("model", "model"),
        Table.Column("replicate", "run"), Table.Column("attacked", "attacked"),
        Table.Column("failed", "failed"),
        Table.Column("failure_rate", "failures", unit: "%", decimals: 1),
        Table.Column("mean_l2", "mean distance", decimals: 3),
        Table.Column("mean_l2_wide", "in −1…1", decimals: 3),
        Table.Column("both", "images of both"),
        Table.Column("extra_l2", "extra distance", decimals: 3),
        Table.Column("extra_l2_wide", "in −1…1", decimals: 3),
      ])
  }
}
