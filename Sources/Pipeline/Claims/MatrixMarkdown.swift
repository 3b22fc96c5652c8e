/// Published matrices beside ours, cell by cell, as Markdown.
extension DiffReport {
  /// A table for each matrix that was measured: the paper's number and ours in every cell.
  func matrices() -> String {
    results.compactMap { result in
      guard case .matrix(let matrix) = result.claim.value, let ours = result.ours,
        ours.cells.count == matrix.cells.count, matrix.keys.count == 2
      else { return nil }
      return "\n**\(Markdown.escape(result.subject)):** published / ours, "
        + "\(matrix.keys[0]) down and \(matrix.keys[1]) across.\n\n"
        + grid(matrix, ours.cells, decimals: result.claim.unit.cellDecimals)
    }.joined()
  }

  private func grid(
    _ matrix: PublishedMatrix, _ ours: [Double], decimals: Int
  ) -> String {
    let rows = matrix.cells.map { $0.key[0] }.uniqued()
    let columns = matrix.cells.map { $0.key[1] }.uniqued().sorted()
    let cells = Dictionary(
      zip(matrix.cells, ours).map { ($0.key, "\($0.value.text) / \($1.fixedText(decimals))") },
      uniquingKeysWith: { first, _ in first })
    return Markdown.table(
      [""] + columns.map(Markdown.escape),
      [.left] + columns.map { _ in .right },
      rows.map { row in
        ["**\(Markdown.escape(row))**"]
          + columns.map { cells[[row, $0]].map(unbroken) ?? "" }
      })
  }
}
