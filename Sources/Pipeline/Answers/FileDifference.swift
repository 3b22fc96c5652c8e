/// Where two versions of one file of results first differ.
enum FileDifference {
  /// The first difference in words; nil if the bytes are the same.
  ///
  /// In a CSV file that is a row and a column with both values; in any other a byte.
  static func first(_ name: String, kept: [UInt8], computed: [UInt8]) -> String? {
    if kept == computed { return nil }
    return name.hasSuffix(".csv")
      ? cell(kept, computed) ?? byte(kept, computed)
      : byte(kept, computed)
  }

  private static func cell(_ kept: [UInt8], _ computed: [UInt8]) -> String? {
    guard let old = try? CSVFile(kept, name: ""), let new = try? CSVFile(computed, name: "") else {
      return nil
    }
    let names = [old.header, new.header].map { $0.map(\.text) }
    if names[0] != names[1] {
      return "the columns are \(names[0].joined(separator: ", ")), and computed were"
        + " \(names[1].joined(separator: ", "))"
    }
    for (row, (a, b)) in zip(old.records, new.records).enumerated() {
      for (column, (x, y)) in zip(a, b).enumerated() where x.text != y.text {
        return "row \(row + 1) (line \(x.line)), column \(names[0][column]):"
          + " ‘\(x.text)’ stands there, ‘\(y.text)’ was computed"
      }
    }
    guard old.records.count != new.records.count else { return nil }
    return "\(old.records.count) rows stand there, \(new.records.count) were computed"
  }

  private static func byte(_ kept: [UInt8], _ computed: [UInt8]) -> String {
    let place = zip(kept, computed).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    guard let place else {
      return "\(kept.count) bytes stand there, \(computed.count) were computed, the same as far as"
        + " both go"
    }
    return "byte \(place + 1): \(kept[place]) stands there, \(computed[place]) was computed"
  }
}
