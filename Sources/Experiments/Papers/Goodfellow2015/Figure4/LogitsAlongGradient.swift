import Contract
import Datasets
import Kernels
import Measures
import Models

/// Figure 4 of Goodfellow, Shlens & Szegedy 2014: the ten logits of one image as ε goes from far
/// below zero to far above it.
///
/// The direction is the sign of the gradient at the clean image and stays the same all along. The
/// logits are nearly straight lines on both sides: wrong answers fill the space, and right ones are
/// a thin layer around the image.
package struct LogitsAlongGradient: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "logits-along-gradient"
  /// One sentence for `help` and for the report.
  package static let summary =
    "The logits of one image along the FGSM direction (Goodfellow, Shlens & Szegedy 2014, figure 4)."
  /// The digits, and the model.
  package static let inputs = [
    InputSlot("data", artifacts: ["digits"]), InputSlot("model", artifacts: ["weights"]),
  ]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table("answers", "first_epsilon", "last_epsilon", "class"), .images("inputs"), .plot("logits"),
  ]
  /// One image is soon moved.
  package static let isParallel = false
  /// Pictures alone.
  package static let neutralOptions: Set<String> = ["rows"]

  private let digit: Int
  private let range: Double
  private let points: Int
  private let rows: Int

  /// Takes the `digit` of the image, the largest |ε| `range`, the number of `points` of the curves,
  /// and of `rows` of the square grid of pictures.
  package init(options: inout OptionReader) throws(OptionError) {
    digit = try options.int("digit", in: 0...9)
    range = try options.double("range", in: 0.001...1000)
    points = try options.int("points", in: 2...10_001)
    rows = try options.int("rows", in: 2...30)
  }

  /// Gives the plot `logits`, the table `answers` and the pictures `inputs`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let digits = try context.input("data").digits()
    let (classifier, test) = try context.input("model").subject(
      digits.test, in: context.workspace)
    let line = try Line(from: digit, test, classifier, range: Float(range))
    let curve = line.epsilons(points)
    let logits = classifier.logits(line.images(at: curve))
    let grid = line.epsilons(rows * rows)
    let images = line.images(at: grid)
    let right = classifier.answers(images).enumerated().filter { $1.label == line.label }
    let pictures = OwnRange(like: digits.test)
    let subject = "test image \(line.index), a \(digit)"
    return context.inheriting([
      "logits": .plot(plot(logits, curve, classifier, subject)),
      "answers": .table(table(logits, curve, classifier, subject)),
      "inputs": .images(
        ImageGrid(
          caption: "The inputs along the curves, ε from \(-range) at the upper left to \(range) at"
            + " the lower right, each over its own range of grey; boxed where the model names the"
            + " right class.",
          height: pictures.height, width: pictures.width, channels: pictures.channels,
          columns: rows, pixels: pictures.pixels(images), boxed: Set(right.map(\.offset)))),
    ])
  }

  private func plot(
    _ logits: Tensor, _ epsilons: [Float], _ classifier: Classifier, _ subject: String
  ) -> Plot {
    let (values, width) = (logits.values, logits.shape[1])
    return Plot(
      caption:
        "The argument of the softmax for each class against ε, along the sign of the gradient"
        + " at ε = 0: \(subject).",
      title: "Logits along the FGSM direction", xLabel: "ε", yLabel: "argument of the softmax",
      series: (0..<width).map { k in
        Plot.Series(
          "\(classifier.classes[width == 1 ? 1 : k])",
          points: epsilons.enumerated().map { i, epsilon in
            Plot.Point(x: Double(epsilon), y: Double(values[i * width + k]))
          })
      })
  }

  /// Stretches of ε over which the answer is the same.
  private func table(
    _ logits: Tensor, _ epsilons: [Float], _ classifier: Classifier, _ subject: String
  ) -> Table {
    var table = Table(
      caption: "Which class the model names along ε, at \(epsilons.count) points: \(subject).",
      columns: [
        Table.Column("first_epsilon", "from ε", decimals: 2),
        Table.Column("last_epsilon", "to ε", decimals: 2), Table.Column("class", "class named"),
      ])
    let labels = classifier.head.answers(logits).map(\.label)
    var start = 0
    for i in labels.indices where i + 1 == labels.count || labels[i + 1] != labels[i] {
      table.append([
        .number(Double(epsilons[start])), .number(Double(epsilons[i])),
        .integer(classifier.classes[labels[i]]),
      ])
      start = i + 1
    }
    return table
  }
}

/// The inputs x + ε·sign ∇ₓJ(θ, x, y) for one image x.
private struct Line {
  /// The position of the image among the test images.
  let index: Int
  /// Its class, as a position in the classifier's classes.
  let label: Int
  private let x: Tensor
  private let direction: Tensor
  private let range: Float

  /// Through the first test image of a digit that the model classifies correctly.
  init(
    from digit: Int, _ test: Evaluator, _ classifier: Classifier, range: Float
  ) throws(StageFailure) {
    guard let label = classifier.classes.firstIndex(of: digit) else {
      throw StageFailure(
        .data, "the model knows the classes \(classifier.classes); a \(digit) is none of them")
    }
    let found = test.labels.indices.first { index in
      test.labels[index] == label
        && classifier.answers(test.pixels(index..<index + 1))[0].label == label
    }
    guard let index = found else {
      throw StageFailure(.data, "the model gets no test image of a \(digit) right")
    }
    self.index = index
    self.label = label
    self.range = range
    x = test.pixels(index..<index + 1)
    direction = classifier.lossGradient(at: x, labels: [label]).sign()
  }

  /// So many values of ε, evenly spread from −range to range.
  func epsilons(_ count: Int) -> [Float] {
    (0..<count).map { i in
      // Whole numbers first, so that the middle of an odd number of points is exactly 0.
      range * Float(2 * i - (count - 1)) / Float(count - 1)
    }
  }

  /// The image at each ε, one a row.
  func images(at epsilons: [Float]) -> Tensor {
    let rows = epsilons.flatMap { x.adding(direction, scaledBy: $0).values }
    return x.workspace.tensor([epsilons.count, x.count], rows)
  }
}
