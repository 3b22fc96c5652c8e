import Contract
import Datasets
import Kernels
import Models

/// What one model makes of one set of images.
struct TransferReading: Hashable, Sendable {
  /// The stage that made the images, without its replicate; `clean` where nobody did.
  let attack: String
  /// The model they were made on, without its replicate; `clean` where there is none.
  let source: String
  /// The replicate of that model.
  let sourceReplicate: Int?
  let target: String
  let targetReplicate: Int
  /// Which images these are.
  let examples: String
  private(set) var errors = 0
  private(set) var count = 0
  /// The sum of log p of the true class, in nats.
  private(set) var sum = 0.0

  /// What readings of the same images have in common.
  var key: String { Self.key(attack, source) }

  /// A name for the images of an attack of a model.
  static func key(_ attack: String, _ source: String) -> String {
    attack == AdversarialTransfer.clean ? attack : "\(attack) \(source)"
  }

  /// The errors as a share of the images; missing where there is none.
  var errorCell: Table.Cell {
    count > 0 ? .proportion(hits: errors, total: count) : .missing
  }

  /// The mean log p of the true class in nats; nil where there is no image.
  var logLikelihood: Double? { count > 0 ? sum / Double(count) : nil }

  /// Adds some images.
  mutating func add(_ answers: [Classifier.Answer], _ logs: [Float], _ labels: [Int]) {
    errors += zip(answers, labels).count { $0.label != $1 }
    count += labels.count
    sum += logs.reduce(0.0) { $0 + Double($1) }
  }

  /// Several readings as one; nil of none.
  static func pooled(_ readings: [TransferReading]) -> TransferReading? {
    guard var result = readings.first else { return nil }
    for reading in readings.dropFirst() {
      result.errors += reading.errors
      result.count += reading.count
      result.sum += reading.sum
    }
    return result
  }
}

/// A model that is shown images made on others.
struct TransferReader {
  private let input: StageInput
  private let model: Classifier
  private let workspace: Workspace

  /// Images that are read at once; without influence on any of them.
  private static let batch = 500

  /// A model that sees pixels as they are.
  init(_ input: StageInput, in workspace: Workspace) throws(StageFailure) {
    try input.requireUnitRange(in: workspace)
    model = try input.classifier(in: workspace)
    (self.input, self.workspace) = (input, workspace)
  }

  /// All images as they are.
  func reading(of images: LabelledImages) throws(StageFailure) -> TransferReading {
    let clean = AdversarialTransfer.clean
    return try read(
      Array(images.labels.indices), classes: images.labels.map { Int($0) },
      into: TransferReading(
        attack: clean, source: clean, sourceReplicate: nil, target: input.name,
        targetReplicate: input.replicate, examples: "all test images")
    ) { UnitRange().encode(images, rows: $0, in: workspace) }
  }

  /// The images of a set that fool the model they were made on.
  func reading(
    of set: AdversarialSet, madeBy attack: String
  ) throws(StageFailure) -> TransferReading {
    try read(
      set.successes, classes: set.labels,
      into: TransferReading(
        attack: attack, source: set.name, sourceReplicate: set.replicate, target: input.name,
        targetReplicate: input.replicate, examples: "those that fool the source")
    ) { set.tensor($0, in: workspace) }
  }

  private func read(
    _ rows: [Int], classes: [Int], into start: TransferReading, _ pixels: ([Int]) -> Tensor
  ) throws(StageFailure) -> TransferReading {
    var reading = start
    for first in stride(from: 0, to: rows.count, by: Self.batch) {
      let part = Array(rows[first..<min(first + Self.batch, rows.count)])
      let labels = part.compactMap { model.classes.firstIndex(of: classes[$0]) }
      guard labels.count == part.count else {
        throw StageFailure(
          .data, "‘\(input.stage)’ does not know the classes of all images it is shown")
      }
      let logits = model.logits(pixels(part))
      let logs = model.head.logProbability(logits, of: labels).perExample
      guard logs.allSatisfy(\.isFinite) else {
        throw StageFailure(
          .computation, "the log-probabilities of ‘\(input.stage)’ are not finite numbers")
      }
      reading.add(model.head.answers(logits), logs, labels)
    }
    return reading
  }
}
