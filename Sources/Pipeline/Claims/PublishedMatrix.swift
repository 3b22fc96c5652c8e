/// A table of numbers that a paper prints.
struct PublishedMatrix: Hashable, Sendable {
  /// One printed number and the words that tell where it stands.
  struct Cell: Hashable, Sendable {
    /// One word a key column, such as `0` and `1` for source and target.
    let key: [String]
    /// The number as printed.
    let value: PrintedValue
  }

  /// The name of the file in `published/`.
  let file: String
  /// The names of the columns that tell the cells apart, such as `source` and `target`.
  let keys: [String]
  /// The cells, in the order of the file.
  fileprivate(set) var cells: [Cell]

  /// A cell's place in words: `source 0, target 1`.
  func name(of key: [String]) -> String {
    zip(keys, key).map { "\($0) \($1)" }.joined(separator: ", ")
  }
}

/// A file of published matrices, one cell a row: its keys, what was measured, the number.
///
/// Several metrics may share a file; each is a matrix by itself.
struct MatrixFile: Sendable {
  /// The file, for mistakes about it.
  let csv: CSVFile
  /// The matrices by metric.
  let matrices: [String: PublishedMatrix]

  /// The file's name without its folder.
  var name: String { Self.name(of: csv) }

  /// Reads the cells, strictly: the last two columns are `metric` and `value`, those before are keys,
  /// and no cell stands twice.
  init(_ csv: CSVFile) throws(CSVError) {
    let header = csv.header.map(\.text)
    guard header.count > 2, header.suffix(2) == ["metric", "value"] else {
      throw csv.error(
        csv.header[0],
        "this is neither a claims file, which has a column ‘id’, nor a matrix; a matrix has the "
          + "columns that tell its cells apart, then ‘metric’ and ‘value’")
    }
    let keys = Array(header.dropLast(2))
    var matrices: [String: PublishedMatrix] = [:]
    var seen: Set<[String]> = []
    for record in csv.records {
      let key = record.prefix(keys.count).map(\.text)
      let (metric, value) = (record[keys.count], record[keys.count + 1])
      guard !metric.text.isEmpty else { throw csv.error(metric, "‘metric’ is empty") }
      guard let number = PrintedValue(value.text) else {
        throw csv.error(
          value, "‘\(value.text)’ is no value; expected a decimal number such as 99.0")
      }
      var matrix =
        matrices[metric.text] ?? PublishedMatrix(file: Self.name(of: csv), keys: keys, cells: [])
      guard seen.insert([metric.text] + key).inserted else {
        throw csv.error(
          record[0],
          "the cell \(matrix.name(of: key)) of ‘\(metric.text)’ stands here a second time")
      }
      matrix.cells.append(PublishedMatrix.Cell(key: key, value: number))
      matrices[metric.text] = matrix
    }
    self.csv = csv
    self.matrices = matrices
  }

  private static func name(of csv: CSVFile) -> String {
    csv.name.split(separator: "/").last.map(String.init) ?? csv.name
  }
}
