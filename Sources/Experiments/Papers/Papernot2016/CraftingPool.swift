import Contract
import Kernels

/// The sets of images of Papernot and others 2016, §V, taken together: the numbers of its abstract.
package struct CraftingPool: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "jsma-pool"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Success and distortion over several sets of images (Papernot and others 2016, abstract)."
  /// The tables, of the same model.
  package static let inputs = [InputSlot("tables", artifacts: ["attack"], takesMany: true)]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table("attack", "sets", "success_rate", "failure_rate", "distortion_all", "distortion_success")
  ]
  /// Sums are soon taken.
  package static let isParallel = false

  /// Takes no options.
  package init(options: inout OptionReader) throws(OptionError) {}

  /// Gives the table `attack`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let tables = context.inputs["tables"] ?? []
    var (hits, total) = (0, 0)
    var (changed, changedOfSuccesses) = (0.0, 0.0)
    for input in tables {
      guard case .table(let table)? = input.output.artifacts["attack"], table.rows.count == 1,
        case .proportion(let own, let all)? = table.cell("success_rate")
      else {
        throw StageFailure(
          .data, "‘\(input.stage)’ has no table of one model under the saliency map attack")
      }
      hits += own
      total += all
      if case .number(let mean)? = table.cell("distortion_all") { changed += mean * Double(all) }
      if case .number(let mean)? = table.cell("distortion_success") {
        changedOfSuccesses += mean * Double(own)
      }
    }
    return context.inheriting([
      "attack": .table(
        Table(
          caption: "All sets together: \(tables.map(\.name).joined(separator: ", ")).",
          columns: [
            Table.Column("sets", "sets"),
            Table.Column("success_rate", "success", unit: "%", decimals: 2),
            Table.Column("failure_rate", "failure", unit: "%", decimals: 2),
            Table.Column("distortion_all", "distortion", unit: "%", decimals: 2),
            Table.Column("distortion_success", "of successes", unit: "%", decimals: 2),
          ],
          rows: [
            [
              .text("all"), .proportion(hits: hits, total: total),
              .proportion(hits: total - hits, total: total),
              .measured(total > 0 ? changed / Double(total) : nil),
              .measured(hits > 0 ? changedOfSuccesses / Double(hits) : nil),
            ]
          ]))
    ])
  }
}

extension Table {
  /// The only row's cell under a column.
  fileprivate func cell(_ column: String) -> Cell? { index(of: column).map { rows[0][$0] } }
}
