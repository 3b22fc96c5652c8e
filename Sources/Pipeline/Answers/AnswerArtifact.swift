import Contract

/// One artifact of an answer: what it is, and the files beside the answer that hold it.
struct AnswerArtifact: Codable, Hashable, Sendable {
  /// A file beside the answer.
  struct File: Codable, Hashable, Sendable {
    /// Its name in the stage's folder.
    let name: String
    /// The SHA-256 of its bytes.
    let sha256: String
  }

  /// What a cell of a CSV file is; the file alone does not tell `3` the word from `3` the count.
  enum CellKind: String, Codable, Hashable, Sendable {
    case text, integer, number, share, missing
    // What a CSV field cannot say.
    case undefined
    case infinite
    case negativeInfinite = "negative-infinite"
  }

  /// A table's column, and what its cells are.
  struct Column: Codable, Hashable, Sendable {
    /// The name in the CSV file.
    let name: String
    /// The heading in the report.
    let title: String
    /// The unit; nil where there is none.
    let unit: String?
    /// Digits after the point in the report.
    let decimals: Int?
    /// The kind of all its cells, empty fields of counts and numbers being missing; or one kind a row.
    let cells: [CellKind]
  }

  /// The name the stage gave it.
  let name: String
  /// What kind of value it is.
  let form: Artifact.Form
  /// The SHA-256 of its stored bytes, by which other stages' keys know it; nil where that was not
  /// kept.
  let digest: String?
  /// The number of those bytes.
  let size: Int?
  /// What it shows; nil for arrays.
  let caption: String?
  /// The columns of a table; nil for anything else.
  let columns: [Column]?
  /// The files that hold it: none for arrays, which stay in the cache.
  let files: [File]

  /// An artifact and the files that were written for it.
  init(_ entry: Record.Entry, _ value: Artifact?, files: [File]) {
    name = entry.name
    form = entry.form
    digest = entry.digest
    size = entry.size
    self.files = files
    switch value {
    case .table(let table)?:
      caption = table.caption
      columns = table.columns.indices.map { Column(table, $0) }
    case .images(let grid)?: (caption, columns) = (grid.caption, nil)
    case let value?: (caption, columns) = (Drawing(value)?.caption, nil)
    case nil: (caption, columns) = (nil, nil)
    }
  }
}

extension AnswerArtifact.Column {
  /// What is to be kept of a column beside its CSV fields.
  fileprivate init(_ table: Table, _ index: Int) {
    let column = table.columns[index]
    let kinds = table.rows.map { AnswerArtifact.CellKind($0[index]) }
    let known = Set(kinds).subtracting([.missing])
    let showsLack = known.allSatisfy { [.integer, .number, .share].contains($0) }
    let isEven = known.count <= 1 && (showsLack || !kinds.contains(.missing))
    name = column.name
    title = column.title
    unit = column.unit
    decimals = column.decimals
    cells = isEven ? [known.first ?? .missing] : kinds
  }
}

extension AnswerArtifact.CellKind {
  fileprivate init(_ cell: Table.Cell) {
    switch cell {
    case .text: self = .text
    case .integer: self = .integer
    case .number(let value) where value.isFinite: self = .number
    case .number(let value) where value.isNaN: self = .undefined
    case .number(let value): self = value > 0 ? .infinite : .negativeInfinite
    case .proportion: self = .share
    case .missing: self = .missing
    }
  }
}

extension Table {
  /// The table that an answer describes and a CSV file holds; nil if the two do not fit together.
  init?(_ artifact: AnswerArtifact, _ file: CSVFile) {
    guard let columns = artifact.columns else { return nil }
    var (places, next): ([Int], Int) = ([], 0)
    for column in columns {
      guard next < file.header.count, file.header[next].text == column.name else { return nil }
      places.append(next)
      next += column.cells.contains(.share) ? 3 : 1
    }
    guard next == file.header.count else { return nil }
    var rows: [[Cell]] = []
    for (row, record) in file.records.enumerated() {
      var cells: [Cell] = []
      for (column, place) in zip(columns, places) {
        let isEven = column.cells.count == 1
        guard isEven || column.cells.count == file.records.count,
          let cell = Cell(record[place...], column.cells[isEven ? 0 : row])
        else { return nil }
        cells.append(cell)
      }
      rows.append(cells)
    }
    self.init(
      caption: artifact.caption ?? "",
      columns: columns.map { Column($0.name, $0.title, unit: $0.unit, decimals: $0.decimals) },
      rows: rows)
  }
}

extension Table.Cell {
  /// The cell that a CSV record holds from some field on; nil if that is not of the kind.
  fileprivate init?(_ fields: ArraySlice<CSVFile.Field>, _ kind: AnswerArtifact.CellKind) {
    guard let text = fields.first?.text else { return nil }
    switch kind {
    case .text: self = .text(text)
    case .share:
      // Nothing of nothing has counts and no percentage.
      let counts = fields.dropFirst().prefix(2).compactMap { Int($0.text) }
      guard counts.count == 2 || text.isEmpty else { return nil }
      self = counts.count == 2 ? .proportion(hits: counts[0], total: counts[1]) : .missing
    case _ where text.isEmpty && [.integer, .number, .missing].contains(kind):
      self = .missing
    case .missing: return nil
    case .integer:
      guard let value = Int(text) else { return nil }
      self = .integer(value)
    case .number:
      guard let value = Double(text) else { return nil }
      self = .number(value)
    case .undefined: self = .number(.nan)
    case .infinite: self = .number(.infinity)
    case .negativeInfinite: self = .number(-.infinity)
    }
  }
}
