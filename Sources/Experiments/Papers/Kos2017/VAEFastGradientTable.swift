import Attacks
import Contract
import Datasets
import Kernels

/// The fast gradient sign on an autoencoder, which fails at every ε where optimisation succeeds.
///
/// Kos, Fischer & Song 2017, whose slides show the failure.
package struct VAEFastGradientTable: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "vae-fgs"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Fast gradient sign on an autoencoder over a ladder of ε (Kos, Fischer & Song 2017)."
  /// The images, the autoencoder and the classifier of its codes.
  package static let inputs = AttackSubject.inputs
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table(
      "ladder", "attack", "epsilon", "mean_l2", "target_before", "ignore_target_rate", "target_rate"
    ), .images("images"), .plot("curve"),
  ]
  /// A gradient and some reconstructions an image keep many cores busy.
  package static let isParallel = true

  private static let kinds: [GenerativeAttackKind] = [.classifier, .lVAE, .latent]

  private let images: Int
  private let epsilons: [Double]

  /// Takes how many of the first test `images` are attacked, each towards the next class, and the list
  /// `epsilons` in pixel units.
  package init(options: inout OptionReader) throws(OptionError) {
    images = try options.int("images", in: 1...1_000_000)
    epsilons = Set(try options.doubles("epsilons", in: 0...1)).sorted()
  }

  /// Gives the table `ladder`, the plot `curve` and the pictures `images`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let subject = try AttackSubject(context)
    let (chosen, labels) = try subject.attackable(subject.digits.test, first: images)
    let classes = subject.reader.classifier.classes.count
    let targets = labels.map { TransformationPictures.next($0, of: classes) }
    let x = UnitRange().encode(chosen, rows: Array(labels.indices), in: context.workspace)
    var table = emptyTable(labels.count)
    var series: [Plot.Series] = []
    var pictures: [Float] = []
    for kind in Self.kinds {
      let gradient = kind.attack(subject.reader, subject.targets, towards: targets)
        .loss(at: x).gradient
      guard gradient.isFinite else {
        throw StageFailure(.computation, "the attack’s gradient is not a finite number")
      }
      var (points, seen, rebuilt) = ([Plot.Point](), [Float](), [Float]())
      for epsilon in epsilons {
        let attack = GenerativeFastGradient(epsilon: Float(epsilon))
        let moved = attack.ball.project(attack.perturb(x, gradient: gradient), around: x)
        let lengths = (moved - x).rowSumsOfSquares().map { $0.squareRoot() }
        let (before, after) = (
          subject.reader.labels(moved, passes: 0), subject.reader.labels(moved, passes: 1)
        )
        let all = labels.indices.map {
          Transformed(
            image: $0, source: labels[$0], target: targets[$0], distance: lengths[$0],
            strangeness: 0, before: before[$0], after: after[$0])
        }
        let summary = TransformationSummary(all)
        table.append([
          .text(kind.rawValue), .number(epsilon), .measured(summary.distance),
          summary.targetBefore, summary.ignoreAfter, summary.targetAfter,
        ])
        points.append(
          Plot.Point(
            x: epsilon, hits: zip(after, targets).count { $0 == $1 }, of: labels.count))
        let first = moved.rows(0..<1)
        seen += first.values
        rebuilt += subject.reader.model.reconstruct(first).values
      }
      series.append(Plot.Series(kind.rawValue, points: points))
      pictures += seen + rebuilt
    }
    let grid = GenerativePictures(
      model: subject.reader.model, images: chosen, workspace: context.workspace
    ).grid(
      context.workspace.tensor(
        [2 * Self.kinds.count * epsilons.count, chosen.pixelsPerImage], pictures),
      caption:
        "One image as each attack (\(Self.kinds.map(\.rawValue).joined(separator: ", "))) leaves"
        + " it with ε rising to the right, and below each row what the receiver sees.",
      columns: epsilons.count)
    return context.inheriting(
      ["ladder": .table(table), "curve": .plot(curve(series)), "images": grid],
      conditions: ["\(context.name)/model": try subject.model])
  }

  private func emptyTable(_ count: Int) -> Table {
    Table(
      caption: "\(count) test images, each sent towards the next class by one step of ε.",
      columns: [
        Table.Column("attack", "attack"), Table.Column("epsilon", "ε", decimals: 3),
        Table.Column("mean_l2", "mean ‖x* − x‖", decimals: 3),
        Table.Column("target_before", "codes read as the target", unit: "%", decimals: 2),
        Table.Column("ignore_target_rate", "AS ignoring the target", unit: "%", decimals: 2),
        Table.Column("target_rate", "AS of the target", unit: "%", decimals: 2),
      ])
  }

  private func curve(_ series: [Plot.Series]) -> Plot {
    Plot(
      caption: "Share of images that are read as the target after reconstruction, against ε.",
      title: "Fast gradient sign on an autoencoder", xLabel: "ε", yLabel: "AS of the target (%)",
      yRange: 0...100, series: series)
  }
}
