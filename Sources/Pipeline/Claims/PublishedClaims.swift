import Contract
import Foundation

/// Reads the claims files, one a paper, and the matrices that claims name.
enum PublishedClaims {
  /// The columns, in the order in which a file should have them; any order is accepted.
  static let columns = [
    "id", "paper", "year", "locator", "dataset", "model", "attack", "setting", "metric", "value",
    "unit", "direction", "source_confidence", "metric_kind", "tolerance", "check", "requires",
    "note",
  ]

  /// Reads every `.csv` file of a folder, in the order of their names.
  static func load(folder: String) throws -> [PublishedClaim] {
    let base = URL(fileURLWithPath: folder, isDirectory: true)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".csv") }.sorted()
    let files = try names.map { name in
      (name: "\(folder)/\(name)", bytes: Array(try Data(contentsOf: base.appending(path: name))))
    }
    return try read(files)
  }

  /// Reads files that belong together: ids are unique across them, and a check may name the claims
  /// of another.
  static func read(_ files: [(name: String, bytes: [UInt8])]) throws(CSVError) -> [PublishedClaim] {
    var (claimFiles, matrices): ([CSVFile], [MatrixFile]) = ([], [])
    for file in files {
      let csv = try CSVFile(file.bytes, name: file.name)
      if csv.header.contains(where: { $0.text == "id" }) {
        claimFiles.append(csv)
      } else {
        matrices.append(try MatrixFile(csv))
      }
    }
    var claims: [PublishedClaim] = []
    var rows: [ClaimRow] = []
    for csv in claimFiles {
      try checkHeader(csv)
      for record in csv.records {
        let row = ClaimRow(file: csv, record: record, matrices: matrices)
        let claim = try row.claim()
        if claims.contains(where: { $0.id == claim.id }) {
          throw row.error("id", "the claim ‘\(claim.id)’ stands here a second time")
        }
        claims.append(claim)
        rows.append(row)
      }
    }
    try checkReferences(claims, rows)
    let used = Set(claims.compactMap(\.value.matrix?.file))
    if let stray = matrices.first(where: { !used.contains($0.name) }) {
      throw stray.csv.error(stray.csv.header[0], "no claim has this matrix as its value")
    }
    return claims
  }

  private static func checkHeader(_ csv: CSVFile) throws(CSVError) {
    for field in csv.header where !columns.contains(field.text) {
      let hint = nearest(to: field.text, in: columns).map { "; did you mean ‘\($0)’?" } ?? ""
      throw csv.error(field, "unknown column ‘\(field.text)’\(hint)")
    }
    let names = csv.header.map(\.text)
    if let missing = columns.first(where: { !names.contains($0) }) {
      throw csv.error(csv.header[0], "the column ‘\(missing)’ is missing")
    }
  }

  private static func checkReferences(
    _ claims: [PublishedClaim], _ rows: [ClaimRow]
  ) throws(CSVError) {
    let ids = claims.map(\.id)
    for (claim, row) in zip(claims, rows) {
      for reference in claim.check?.terms.compactMap(\.reference) ?? [] {
        if reference == claim.id { throw row.error("check", "a claim cannot be checked by itself") }
        if !ids.contains(reference) {
          let hint = nearest(to: reference, in: ids).map { "; did you mean ‘\($0)’?" } ?? ""
          throw row.error("check", "there is no claim ‘\(reference)’\(hint)")
        }
        if claims.contains(where: { $0.id == reference && $0.kind.isMatrix }) {
          throw row.error("check", "‘\(reference)’ is a matrix, so it has no single value")
        }
      }
    }
  }
}

/// One record, read by the names of its columns.
private struct ClaimRow {
  let file: CSVFile
  let record: [CSVFile.Field]
  let matrices: [MatrixFile]

  func field(_ column: String) -> CSVFile.Field {
    guard let index = file.header.firstIndex(where: { $0.text == column }) else {
      preconditionFailure("the column ‘\(column)’ was not checked for")
    }
    return record[index]
  }

  func error(_ column: String, _ message: String) -> CSVError {
    file.error(field(column), message)
  }

  func text(_ column: String) throws(CSVError) -> String {
    let text = field(column).text
    guard !text.isEmpty else { throw error(column, "‘\(column)’ is empty") }
    return text
  }

  func word<Word: RawRepresentable & CaseIterable>(
    _ column: String, _: Word.Type
  ) throws(CSVError) -> Word where Word.RawValue == String {
    let text = field(column).text
    guard let word = Word(rawValue: text) else {
      let all = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw error(column, "‘\(text)’ is no \(column); expected one of \(all)")
    }
    return word
  }

  func number(_ column: String) throws(CSVError) -> PrintedValue {
    guard let value = PrintedValue(field(column).text) else {
      throw error(
        column, "‘\(field(column).text)’ is no \(column); expected a decimal number such as 99.0")
    }
    return value
  }

  func claim() throws(CSVError) -> PublishedClaim {
    guard let year = Int(field("year").text), (1900...2100).contains(year) else {
      throw error("year", "‘\(field("year").text)’ is no year")
    }
    let kind = try word("metric_kind", MetricKind.self)
    let claim = PublishedClaim(
      id: try identifier(), paper: try text("paper"), year: year, locator: try text("locator"),
      dataset: try text("dataset"), model: try text("model"), attack: try text("attack"),
      setting: field("setting").text, metric: try text("metric"),
      value: kind.isMatrix ? .matrix(try matrix()) : .number(try number("value")),
      unit: ClaimUnit(word: field("unit").text), direction: try word("direction", Direction.self),
      confidence: try word("source_confidence", SourceConfidence.self),
      kind: kind, tolerance: try tolerance(), check: try check(of: kind),
      requirements: try requirements(), note: field("note").text)
    if claim.kind.needsPoints && claim.unit.whole == nil {
      throw error(
        "unit",
        "‘\(claim.unit.word)’ has no percentage points, which \(claim.kind.rawValue) is "
          + "judged in; expected percent, fraction or, for example, count of 10000")
    }
    if claim.kind == .matrix && !["percent", "fraction"].contains(claim.unit.word) {
      throw error(
        "unit", "‘\(claim.unit.word)’ is no unit of a matrix; expected percent or fraction")
    }
    if claim.kind == .likelihoodMatrix && claim.unit.whole != nil {
      throw error("unit", "‘\(claim.unit.word)’ is no unit of a log-likelihood; expected nats")
    }
    return claim
  }

  /// The matrix whose file stands as the value, and whose metric is the claim's.
  private func matrix() throws(CSVError) -> PublishedMatrix {
    let (name, metric) = (try text("value"), try text("metric"))
    guard let file = matrices.first(where: { $0.name == name }) else {
      let hint = nearest(to: name, in: matrices.map(\.name)).map { "; did you mean ‘\($0)’?" }
      throw error("value", "there is no matrix ‘\(name)’ beside this file\(hint ?? "")")
    }
    guard let matrix = file.matrices[metric] else {
      let known = file.matrices.keys.sorted().joined(separator: ", ")
      throw error("metric", "‘\(name)’ has no metric ‘\(metric)’; it has \(known)")
    }
    return matrix
  }

  private func identifier() throws(CSVError) -> String {
    let (id, paper) = (try text("id"), try text("paper"))
    guard isClaimID(id), id.hasPrefix(paper + ".") else {
      throw error("id", "‘\(id)’ is no id; expected ‘\(paper).’ and more words joined by dots")
    }
    guard file.name.split(separator: "/").last == "\(paper).csv" else {
      throw error("paper", "a claim of ‘\(paper)’ belongs into \(paper).csv")
    }
    return id
  }

  private func tolerance() throws(CSVError) -> Double? {
    guard !field("tolerance").text.isEmpty else { return nil }
    let value = try number("tolerance").value
    guard value > 0 else { throw error("tolerance", "a tolerance is greater than 0") }
    guard !field("note").text.isEmpty else {
      throw error("tolerance", "a tolerance of its own needs its reason in the note")
    }
    return value
  }

  private func check(of kind: MetricKind) throws(CSVError) -> Check? {
    guard !field("check").text.isEmpty else { return nil }
    let check: Check
    do { check = try Check(field("check").text) } catch {
      throw self.error("check", "the check cannot be read: \(error)")
    }
    if !kind.isMatrix && check.terms.contains(where: { $0.subject == .spearman }) {
      throw error("check", "‘spearman’ is of a matrix, and this claim’s kind is \(kind.rawValue)")
    }
    return check
  }

  private func requirements() throws(CSVError) -> [PublishedClaim.Requirement] {
    var requirements: [PublishedClaim.Requirement] = []
    for part in field("requires").text.split(separator: ";", omittingEmptySubsequences: false) {
      if field("requires").text.isEmpty { break }
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else {
        throw error("requires", "‘\(part)’ is no condition; expected ‘key=value; key=value’")
      }
      if requirements.contains(where: { $0.key == sides[0] }) {
        throw error("requires", "the condition ‘\(sides[0])’ stands here twice")
      }
      requirements.append(.init(key: sides[0], value: sides[1]))
    }
    return requirements
  }
}
