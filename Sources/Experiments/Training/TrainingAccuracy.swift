import Contract
import Datasets
import Measures
import Models

/// How a trained network does on whole parts of its data set.
package struct TrainingAccuracy: Hashable, Sendable {
  /// The columns of its table.
  package static let columns = ["part", "accuracy", "error_rate"]

  private let parts: [String]

  /// Takes the list `accuracy-of` of `training`, `validation` and `test`; none is no table.
  package init(_ options: inout OptionReader) throws(OptionError) {
    parts = try options.words("accuracy-of", of: ["training", "validation", "test"])
  }

  /// Whether there is a table.
  package var isWanted: Bool { !parts.isEmpty }

  /// A row a part.
  package func table(
    of classifier: Classifier, called title: String, at desk: TrainingDesk
  ) -> Table {
    let images: [String: LabelledImages] = [
      "training": desk.digits.train, "validation": desk.digits.validation,
      "test": desk.digits.test,
    ]
    return Table(
      caption: "\(title.prefix(1).uppercased() + title.dropFirst()) on images as they are.",
      columns: [
        Table.Column("part", "images"),
        Table.Column("accuracy", "accuracy", unit: "%", decimals: 2),
        Table.Column("error_rate", "error", unit: "%", decimals: 2),
      ],
      rows: parts.compactMap { name in
        images[name].map { part in
          let seen = desk.evaluator(part).evaluate(classifier)
          return [
            .text(name), .proportion(hits: seen.count - seen.errors, total: seen.count),
            seen.errorCell,
          ]
        }
      })
  }
}
