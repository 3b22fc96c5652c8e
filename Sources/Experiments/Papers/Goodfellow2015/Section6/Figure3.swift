import Contract
import Kernels
import Models

/// Figure 3 of Goodfellow, Shlens & Szegedy 2014: the first-layer filters of a maxout network, one unit
/// a row.
///
/// Shown for one network a stage: the paper puts the naively trained one beside the adversarially
/// trained one.
package struct Figure3: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "maxout-filters"
  /// One sentence for `help` and for the report.
  package static let summary =
    "First-layer filters of maxout networks (Goodfellow, Shlens & Szegedy 2014, figure 3)."
  /// The networks, of which the first run is shown.
  package static let inputs = [InputSlot("models", artifacts: ["weights"], takesMany: true)]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [.images("filters-*")]
  /// Pictures are soon made.
  package static let isParallel = false
  /// Pictures alone.
  package static let neutralOptions: Set<String> = ["units"]

  private let units: Int

  /// Takes the number of `units` shown.
  package init(options: inout OptionReader) throws(OptionError) {
    units = try options.int("units", in: 1...1000)
  }

  /// Gives a picture for each network, `filters-` and its name.
  package func run(_ context: StageContext) throws -> StageOutput {
    var artifacts: [String: Artifact] = [:]
    for input in context.inputs["models"] ?? [] where input.replicate == 1 {
      let classifier = try input.classifier(in: context.workspace)
      guard let maxout = classifier.firstLayer as? Maxout, let side = maxout.inputs.squareSide
      else {
        throw StageFailure(
          .data,
          "the filters of ‘\(input.name)’ are no pictures: it must begin with a maxout layer"
            + " over square grey images, and is \(classifier.architecture.text)")
      }
      let (pixels, pieces) = (maxout.inputs, maxout.pieces)
      let shown = min(units, maxout.units)
      let filters = Array(classifier.weights[0].values.prefix(shown * pieces * pixels))
      artifacts["filters-\(input.name)"] = .images(
        ImageGrid(
          caption: "First-layer filters of \(input.name): \(shown) units, a row each with its"
            + " \(pieces) pieces; zero is grey, and each unit has its own scale.",
          height: side, width: side, columns: pieces,
          pixels: (0..<shown).flatMap { unit in
            signedGrey(Array(filters[unit * pieces * pixels..<(unit + 1) * pieces * pixels]))
          }))
    }
    return context.inheriting(artifacts)
  }
}

extension Classifier {
  /// What the pixels come to, dropout apart.
  fileprivate var firstLayer: (any NetworkLayer)? {
    architecture.layers.first { !($0 is Dropout) }
  }
}

extension Int {
  /// The side of a square of so many pixels; nil if there is none.
  fileprivate var squareSide: Int? {
    let side = Int(Double(self).squareRoot().rounded())
    return side * side == self ? side : nil
  }
}
