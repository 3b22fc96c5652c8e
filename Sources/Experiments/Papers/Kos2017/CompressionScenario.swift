import Attacks
import Contract
import Datasets
import Kernels

/// The scenario that motivates the paper: a sender compresses images with the encoder, a receiver
/// decodes them, and an attacker who chooses what is sent decides what is seen.
///
/// Kos, Fischer & Song 2017, §1 and §3.
package struct CompressionScenario: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "vae-scenario"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Sends images through an autoencoder as a line of bits (Kos, Fischer & Song 2017, section 3)."
  /// The images, the autoencoder and the classifier of its codes.
  package static let inputs = AttackSubject.inputs
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table(
      "line", "class", "image_bits", "line_bits", "ratio", "received", "target", "attacked",
      "distance"), .images("images"),
  ]
  /// A handful of images is soon done.
  package static let isParallel = false

  private let bits: Int
  private let optimisation: L2Optimisation
  private static let trainingCodes = 2000

  /// Takes the `bits` of each number of a code, and `iterations`, `learning-rate` and `lambda` of the
  /// latent attack.
  package init(options: inout OptionReader) throws(OptionError) {
    bits = try options.int("bits", in: 1...16)
    optimisation = try L2Optimisation(&options)
  }

  /// Gives the table `line` and the pictures `images`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let subject = try AttackSubject(context)
    let (reader, workspace) = (subject.reader, context.workspace)
    let attackable = try subject.attackable(subject.digits.test, first: 1000)
    let (images, labels) = subject.oneOfEach(attackable.images, attackable.labels)
    let classes = reader.classifier.classes
    let targets = labels.map { TransformationPictures.next($0, of: classes.count) }
    let train = subject.digits.train
    let quantiser = CodeQuantiser(
      reader.model.code(
        UnitRange().encode(
          train, rows: Array(0..<min(Self.trainingCodes, train.count)), in: workspace)), bits: bits)
    let x = UnitRange().encode(images, rows: Array(labels.indices), in: workspace)
    let attack = GenerativeAttackKind.latent.attack(reader, subject.targets, towards: targets)
    let found = try optimisation.judged(x, by: attack)
    let ends = [x, found].map { sent -> (sender: Tensor, receiver: Tensor) in
      let line = quantiser.sent(reader.model.code(sent))
      return (sent, reader.model.decode(quantiser.received(line, in: workspace)))
    }
    let read = ends.map { reader.labels($0.receiver, passes: 0) }
    var table = Table(
      caption:
        "Each number of a code is sent in \(bits) bits; a pixel is a byte. The attacker’s image"
        + " is to be seen as the next class.",
      columns: [
        Table.Column("class", "sent"), Table.Column("image_bits", "bits of the image"),
        Table.Column("line_bits", "bits on the line"),
        Table.Column("ratio", "times fewer", decimals: 1),
        Table.Column("received", "seen"), Table.Column("target", "attacker wants"),
        Table.Column("attacked", "seen after the attack"),
        Table.Column("distance", "‖x* − x‖", decimals: 3),
      ])
    let lengths = (found - x).rowSumsOfSquares().map { Double($0).squareRoot() }
    let (raw, line) = (8 * images.pixelsPerImage, bits * reader.model.latent)
    for i in labels.indices {
      table.append([
        .integer(classes[labels[i]]), .integer(raw), .integer(line),
        .number(Double(raw) / Double(line)), .integer(classes[read[0][i]]),
        .integer(classes[targets[i]]), .integer(classes[read[1][i]]), .number(lengths[i]),
      ])
    }
    let hits = zip(read[1], targets).enumerated().filter { $1.0 == $1.1 }.map(\.offset)
    let grid = GenerativePictures(model: reader.model, images: images, workspace: workspace).grid(
      workspace.tensor(
        [4 * labels.count, images.pixelsPerImage],
        ends.flatMap { $0.sender.values + $0.receiver.values }),
      caption:
        "What the sender puts in and what the receiver gets out: honest images in the upper two"
        + " rows, the attacker’s in the lower two; boxed where the receiver sees what the attacker"
        + " wants.",
      columns: labels.count, boxed: Set(hits.map { 3 * labels.count + $0 }))
    return context.inheriting(["line": .table(table), "images": grid])
  }
}
