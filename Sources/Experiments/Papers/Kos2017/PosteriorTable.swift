import Attacks
import Contract
import Datasets
import Kernels
import Models

/// Where adversarial codes lie among posteriors: the hypotheses of the slides on why attacks work.
///
/// Kos, Fischer & Song 2017. If adversarial codes were unlikely under every posterior and under the
/// prior, they could be told from others; if the way to them leads through likely codes, they could
/// not.
package struct PosteriorTable: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "vae-posteriors"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Densities around adversarial codes, and the way to them (Kos, Fischer & Song 2017)."
  /// The images, the autoencoder and the classifier of its codes.
  package static let inputs = AttackSubject.inputs
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table("densities", "code", "distance", "prior", "own", "aim", "entropy"),
    .images("interpolations"), .plot("way"),
  ]
  /// Some hundred optimisations keep many cores busy.
  package static let isParallel = true

  private static let kinds: [GenerativeAttackKind] = [.classifier, .lVAE, .latent]
  private static let steps = 10

  private let images: Int
  private let iterations: Int
  private let rate: Double
  private let lambdas: [Double]

  /// Takes how many of the first test `images` are attacked, each towards the next class, `iterations`
  /// and `learning-rate`, and the list `lambda` for the classifier, L_VAE and latent attacks.
  package init(options: inout OptionReader) throws(OptionError) {
    images = try options.int("images", in: 1...100_000)
    iterations = try options.int("iterations", in: 1...1_000_000)
    rate = try options.double("learning-rate", in: 1e-6...10)
    lambdas = try options.doubles("lambda", in: 0...1e6)
    guard lambdas.count == Self.kinds.count else {
      throw OptionError(
        path: ["lambda"], message: "‘lambda’ holds \(lambdas.count) values",
        hint: "give one for each attack: \(Self.kinds.map(\.rawValue).joined(separator: ", "))")
    }
  }

  /// Gives the table `densities`, the plot `way` and the pictures `interpolations`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let subject = try AttackSubject(context)
    let model = subject.reader.model
    let (chosen, labels) = try subject.attackable(subject.digits.test, first: images)
    let classes = subject.reader.classifier.classes.count
    let targets = labels.map { TransformationPictures.next($0, of: classes) }
    let x = UnitRange().encode(chosen, rows: Array(labels.indices), in: context.workspace)
    let own = model.posterior(x)
    let aim = model.posterior(subject.targets.images.gathered(rows: targets))
    var rows = [row("original", own, own, aim), row("target image", aim, own, aim)]
    var (pictures, series) = ([Float](), [Plot.Series]())
    for (kind, lambda) in zip(Self.kinds, lambdas) {
      let attack = kind.attack(subject.reader, subject.targets, towards: targets)
      let found = try L2Optimisation(
        iterations: iterations, rate: Float(rate), lambda: lambda
      ).judged(x, by: attack)
      let reached = model.posterior(found)
      rows.append(row(kind.rawValue, reached, own, aim))
      let way = (0..<Self.steps).map { step in
        let share = Float(step) / Float(Self.steps - 1)
        return own.mean * (1 - share) + reached.mean * share
      }
      pictures += way.flatMap { model.decode($0.rows(0..<1)).values }
      series.append(
        Plot.Series(
          kind.rawValue,
          points: way.enumerated().map { step, codes in
            Plot.Point(x: Double(step) / Double(Self.steps - 1), y: mean(logPrior(codes)))
          }))
    }
    let grid = GenerativePictures(model: model, images: chosen, workspace: context.workspace).grid(
      context.workspace.tensor([Self.kinds.count * Self.steps, chosen.pixelsPerImage], pictures),
      caption: "From the posterior mean of an image to that of its adversarial image, decoded:"
        + " \(Self.kinds.map(\.rawValue).joined(separator: ", ")).",
      columns: Self.steps)
    return context.inheriting([
      "densities": .table(table(rows, labels.count)), "way": .plot(plot(series)),
      "interpolations": grid,
    ])
  }

  /// log N(z; 0, I) of each code.
  private func logPrior(_ codes: Tensor) -> [Double] {
    let width = Double(codes.shape[1])
    return codes.rowSumsOfSquares().map { -0.5 * (Double($0) + width * Posterior.logTwoPi) }
  }

  private func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(max(1, values.count))
  }

  private func row(
    _ name: String, _ reached: Posterior, _ own: Posterior, _ aim: Posterior
  ) -> [Table.Cell] {
    let z = reached.mean
    let distance = (z - aim.mean).rowSumsOfSquares().map { Double($0).squareRoot() }
    return [
      .text(name), .number(mean(distance)), .number(mean(logPrior(z))),
      .number(mean(own.logDensity(z))), .number(mean(aim.logDensity(z))),
      .number(mean(reached.entropies)),
    ]
  }

  private func table(_ rows: [[Table.Cell]], _ count: Int) -> Table {
    Table(
      caption: "Mean codes of \(count) images and of what each attack makes of them, means over the"
        + " images: how far they are from the target’s code, how likely under the prior and under the"
        + " posteriors of the original and of the target image, and how wide their own posterior is.",
      columns: [
        Table.Column("code", "code of"),
        Table.Column("distance", "distance from the target’s code", decimals: 3),
        Table.Column("prior", "log p(z)", unit: "nats", decimals: 1),
        Table.Column("own", "log q(z | original)", unit: "nats", decimals: 1),
        Table.Column("aim", "log q(z | target)", unit: "nats", decimals: 1),
        Table.Column("entropy", "entropy of its posterior", unit: "nats", decimals: 1),
      ], rows: rows)
  }

  private func plot(_ series: [Plot.Series]) -> Plot {
    Plot(
      caption:
        "How likely the codes on the way from an original to its adversarial image are under the"
        + " prior.",
      title: "From the original’s code to the adversarial one", xLabel: "share of the way",
      yLabel: "log p(z) (nats)", series: series)
  }
}
