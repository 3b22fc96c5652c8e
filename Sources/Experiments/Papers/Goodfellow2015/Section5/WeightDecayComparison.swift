import Attacks
import Contract
import Kernels
import Models
import Training

/// Adversarial training beside L1 weight decay for logistic regression of two digits.
///
/// Goodfellow, Shlens & Szegedy 2014, §5.
///
/// Both take ε‖w‖₁ into the loss: the worst case inside the loss, where it fades once an image is
/// classified with a wide margin, the penalty outside, where it never does. The table shows what the
/// penalty claims an attack costs, λ‖w‖₁, beside what an attack with ε = λ costs indeed, the mean
/// loss it adds on the training images.
package struct WeightDecayComparison: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "l1-comparison"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Adversarial training beside L1 weight decay (Goodfellow, Shlens & Szegedy 2014, section 5)."
  /// The digits to train on and to attack.
  package static let inputs = [InputSlot("data", artifacts: ["digits"])]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table(
      "comparison", "method", "coefficient", "train_error_rate", "clean_error_rate", "error_rate",
      "norm", "penalty", "damage"), .plot("errors"),
  ]
  /// One unit does not keep many cores busy.
  package static let isParallel = false

  private let pair: DigitPair
  private let epsilon: Double
  private let coefficients: [Double]
  private let recipe: TrainingRecipe

  /// Takes two digits, the attack's `epsilon`, the list `coefficients` for both methods, and a recipe.
  package init(options: inout OptionReader) throws(OptionError) {
    pair = try DigitPair(&options)
    epsilon = try options.double("epsilon", in: 0...1)
    coefficients = try options.doubles("coefficients", in: 1e-6...1)
    recipe = try TrainingRecipe(&options)
  }

  /// Gives the table `comparison` and the plot `errors`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let desk = try TrainingDesk(context, classes: pair.classes)
    let (train, test) = (desk.evaluator(desk.digits.train), desk.evaluator(desk.digits.test))
    let attack = FGSM(LInfBall(epsilon: Float(epsilon)))
    var table = Table(
      caption:
        "Logistic regression, \(pair.text), trained with L1 weight decay λ‖w‖₁ or against the"
        + " worst case within ±ε, and tested under FGSM with ε = \(epsilon). The penalty is what L1"
        + " takes an attack of that size to cost; the damage is the mean loss that such an attack"
        + " adds on the training images.",
      columns: [
        Table.Column("method", "training"), Table.Column("coefficient", "λ or ε"),
        Table.Column("train_error_rate", "training error", unit: "%", decimals: 2),
        Table.Column("clean_error_rate", "clean error", unit: "%", decimals: 2),
        Table.Column("error_rate", "error under FGSM", unit: "%", decimals: 2),
        Table.Column("norm", "‖w‖₁", decimals: 2),
        Table.Column("penalty", "penalty", decimals: 4),
        Table.Column("damage", "damage", decimals: 4),
      ])
    var series: [(name: String, points: [Plot.Point])] = [
      ("L1 weight decay", []), ("worst case", []),
    ]
    for (c, coefficient) in coefficients.enumerated() {
      let size = Float(coefficient)
      let objectives: [(name: String, objective: any Objective)] = [
        ("l1", L1Objective(base: CleanObjective(), coefficient: size)),
        ("worst case", WorstCaseObjective(epsilon: size)),
      ]
      for (m, method) in objectives.enumerated() {
        let part = context.with(.none)
        let trainer = desk.trainer(recipe, method.objective)
        let start = LogisticRegression(pair).start(
          on: desk.images, classes: desk.classes, seed: context.seed, in: context.workspace)
        let model = start.with(try trainer.run(part, from: start).best.weights)
        let attacked = try test.attacked(model, by: attack, seed: context.seed)
        let norm = Double(model.weights[0].sumOfMagnitudes())
        let (clean, seen) = (test.evaluate(model), train.evaluate(model))
        table.append([
          .text(method.name), .number(coefficient),
          seen.errorCell, clean.errorCell, attacked.errorCell, .number(norm),
          .number(coefficient * norm),
          .number(desk.damage(to: model, epsilon: size)),
        ])
        series[m].points.append(
          Plot.Point(x: coefficient, y: seen.errorPercent))
        context.progress(
          Progress(2 * c + m + 1, of: 2 * coefficients.count, unit: "trainings"))
      }
    }
    return context.inheriting([
      "comparison": .table(table),
      "errors": .plot(
        Plot(
          caption:
            "Training error of logistic regression against the coefficient of either method.",
          title: "L1 weight decay and adversarial training", xLabel: "λ or ε",
          yLabel: "training error (%)",
          series: series.map { Plot.Series($0.name, points: $0.points) }
        )),
    ])
  }
}

extension TrainingDesk {
  /// The mean loss that the worst case within ±ε adds on the training images.
  fileprivate func damage(to model: Classifier, epsilon: Float) -> Double {
    let taken = epsilon * model.weights[0].sumOfMagnitudes()
    let evaluator = evaluator(digits.train)
    var (clean, attacked) = (0.0, 0.0)
    for range in evaluator.batches {
      let logits = model.logits(evaluator.pixels(range))
      let signs: [Float] = evaluator.labels[range].map { $0 == 1 ? 1 : -1 }
      let y = logits.workspace.tensor([signs.count, 1], signs)
      func sum(_ logits: Tensor) -> Double {
        logisticLoss(logits, signs: signs, reduction: .sum).perExample
          .reduce(0.0) { $0 + Double($1) }
      }
      clean += sum(logits)
      attacked += sum(logits.adding(y, scaledBy: -taken))
    }
    return (attacked - clean) / Double(max(1, evaluator.images.count))
  }
}
