import Contract
import Datasets
import Kernels
import Models

/// Fooling images, Figure 5 of Goodfellow, Shlens & Szegedy 2014: random inputs that one gradient step
/// turns into members of a class.
package struct FoolingImages: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "fooling-images"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Gaussian samples one step towards each class (Goodfellow, Shlens & Szegedy 2014, figure 5)."
  /// The data set, for the size of its images, and the model.
  package static let inputs = [
    InputSlot("data", artifacts: ["digits"]), InputSlot("model", artifacts: ["weights"]),
  ]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table("classes", "class", "before_rate", "success_rate"),
    .table("success", "model", "before_rate", "success_rate"), .images("images"),
  ]
  /// A step is soon taken.
  package static let isParallel = false
  /// Pictures alone.
  package static let neutralOptions: Set<String> = ["shown"]

  private let samples: Int
  private let shown: Int
  private let step: FoolingStep

  /// Takes the number of `samples` for each class, how many of them are `shown`, and the `step`
  /// (`sign` or `gradient`) with its `size`.
  package init(options: inout OptionReader) throws(OptionError) {
    samples = try options.int("samples", in: 1...100_000)
    shown = try options.int("shown", in: 1...50)
    step = FoolingStep(
      direction: try options.choice("step", of: FoolingStep.Direction.self),
      size: Float(try options.double("size", in: 0...1_000_000)))
  }

  /// Gives the tables `classes` and `success`, and the pictures `images`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let digits = try context.input("data").digits()
    let model = context.input("model")
    let classifier = try model.classifier(in: context.workspace)
    var pictures = FoolingPictures(like: digits.test, columns: min(shown, samples))
    var (before, after) = ([Int](), [Int]())
    for label in classifier.classes.indices {
      // Draws of its own for each class, so that all successes are independent.
      let rubbish = Rubbish(
        count: samples, pixels: digits.test.pixelsPerImage,
        seed: context.seed.forked("class").forked(label), workspace: context.workspace)
      var hits = (before: 0, after: 0)
      rubbish.forEachBlock { range, x in
        let moved = step.taken(from: x, towards: label, classifier)
        let fooled = classifier.names(label, moved)
        hits.before += classifier.names(label, x).count { $0 }
        hits.after += fooled.count { $0 }
        if range.lowerBound == 0 { pictures.addRow(moved, fooled) }
      }
      before.append(hits.before)
      after.append(hits.after)
      context.progress(
        Progress(label + 1, of: classifier.classes.count, unit: "classes", detail: model.stage))
    }
    return context.inheriting(
      [
        "classes": .table(classTable(classifier, before, after)),
        "success": .table(successTable(model, classifier, before, after)),
        "images": .images(
          pictures.grid(
            caption: "Gaussian samples after \(words), a row for each class, each picture over its"
              + " own range; boxed where the class then has a probability above one half.")),
      ],
      conditions: [
        "rubbish-samples": "\(samples)", "fooling-step": step.direction.rawValue,
        "fooling-size": "\(step.size)",
      ],
      deviations: [
        Deviation(
          "fooling images: \(words), from \(samples) samples a class",
          because:
            "the paper prints no step size, and its prose adds the gradient where its caption"
            + " speaks of the sign")
      ])
  }

  private var words: String {
    step.direction == .sign
      ? "one gradient sign step of \(step.size)" : "\(step.size) times the gradient of p"
  }

  private func classTable(_ classifier: Classifier, _ before: [Int], _ after: [Int]) -> Table {
    Table(
      caption: "Share of \(samples) Gaussian samples to which the model gives the class with a"
        + " probability above one half, as they are and after \(words) towards it.",
      columns: [
        Table.Column("class", "class"),
        Table.Column("before_rate", "before the step", unit: "%", decimals: 1),
        Table.Column("success_rate", "after the step", unit: "%", decimals: 1),
      ],
      rows: classifier.classes.enumerated().map { label, digit in
        [
          .integer(digit), .proportion(hits: before[label], total: samples),
          .proportion(hits: after[label], total: samples),
        ]
      })
  }

  private func successTable(
    _ model: StageInput, _ classifier: Classifier, _ before: [Int], _ after: [Int]
  ) -> Table {
    let total = samples * classifier.classes.count
    return Table(
      caption: "The same over all classes, of which each has as many samples.",
      columns: [
        Table.Column("model", "model"),
        Table.Column("before_rate", "before the step", unit: "%", decimals: 1),
        Table.Column("success_rate", "after the step", unit: "%", decimals: 1),
      ],
      rows: [
        [
          .text(model.name), .proportion(hits: before.reduce(0, +), total: total),
          .proportion(hits: after.reduce(0, +), total: total),
        ]
      ])
  }
}

extension Classifier {
  /// Whether the probability of a class is above one half, for each row of `x`.
  fileprivate func names(_ label: Int, _ x: Tensor) -> [Bool] {
    let p = head.probabilities(logits(x))
    let (values, width) = (p.values, p.shape[1])
    return (0..<x.shape[0]).map { values[$0 * width + label] > 0.5 }
  }
}

/// Rows of pictures, boxed where they fool.
private struct FoolingPictures {
  private let pictures: OwnRange
  private let columns: Int
  private var pixels: [UInt8] = []
  private var boxed: Set<Int> = []

  init(like images: LabelledImages, columns: Int) {
    pictures = OwnRange(like: images)
    self.columns = columns
  }

  /// Adds the first of some inputs as a row.
  mutating func addRow(_ x: Tensor, _ fooled: [Bool]) {
    let first = pixels.count / (pictures.height * pictures.width * pictures.channels)
    pixels += pictures.pixels(x.rows(0..<columns))
    boxed.formUnion((0..<columns).filter { fooled[$0] }.map { first + $0 })
  }

  func grid(caption: String) -> ImageGrid {
    ImageGrid(
      caption: caption, height: pictures.height, width: pictures.width,
      channels: pictures.channels, columns: columns, pixels: pixels, boxed: boxed)
  }
}
