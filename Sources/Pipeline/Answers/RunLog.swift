import Foundation

/// When, where and how long each stage ran: `results/<profile>/runs.csv`, one row a stage.
///
/// No number of any result depends on it, so it stands apart, and comparisons leave it out. The row
/// of a stage that did not run again stays as it is.
struct RunLog: Sendable {
  /// The file's name in the profile's folder.
  static let fileName = "runs.csv"

  /// One stage's run; what is not known is nil.
  struct Row: Hashable, Sendable {
    /// The stage, with its replicate.
    var stage: String
    /// The key of its answer.
    var key: String
    /// What was spent on it.
    var effort: Record.Effort
  }

  private static let header = [
    "stage", "key", "finished", "commit", "machine", "seconds", "peak_bytes", "threads",
  ]

  private(set) var rows: [String: Row] = [:]

  /// An empty log.
  init() {}

  /// Reads a log; a missing one is empty.
  init(path: String) throws {
    guard Files.size(path) != nil else { return }
    let file: CSVFile
    do { file = try CSVFile(Files.read(path), name: path) } catch let error as CSVError {
      throw ResultDamage(path: path, problem: "is no CSV file: \(error.message)")
    }
    guard file.header.map(\.text) == Self.header else {
      throw ResultDamage(
        path: path, problem: "has other columns than \(Self.header.joined(separator: ", "))")
    }
    for record in file.records {
      let fields = record.map(\.text)
      let known = fields.map { $0.isEmpty ? nil : $0 }
      rows[fields[0]] = Row(
        stage: fields[0], key: fields[1],
        effort: Record.Effort(
          seconds: Double(fields[5]) ?? 0, peakMemory: Int(fields[6]) ?? 0,
          threads: Int(fields[7]) ?? 0,
          finished: (try? Date(fields[2], strategy: .iso8601)).map {
            Int($0.timeIntervalSince1970)
          } ?? 0,
          commit: known[3], machine: known[4]))
    }
  }

  /// What was spent on a stage's answer; nothing if its row is about another answer.
  func effort(of stage: String, key: String) -> Record.Effort? {
    rows[stage].flatMap { $0.key == key ? $0.effort : nil }
  }

  /// How long a stage took when it last ran, whatever it then stood for.
  func seconds(of stage: String) -> Double? {
    rows[stage].flatMap { $0.effort.seconds > 0 ? $0.effort.seconds : nil }
  }

  /// Notes what was spent on a stage.
  mutating func note(_ record: Record) {
    rows[record.stage] = Row(stage: record.stage, key: record.key, effort: record.effort)
  }

  /// The file's text, the stages in the given order.
  func text(order: [String]) -> String {
    CSVWriter.text(
      [Self.header]
        + order.compactMap { rows[$0] }.map { row in
          let effort = row.effort
          let finished = Date(timeIntervalSince1970: Double(effort.finished))
          return [
            row.stage, row.key, effort.finished > 0 ? finished.formatted(.iso8601) : "",
            effort.commit ?? "", effort.machine ?? "",
            effort.seconds > 0 ? effort.seconds.shortestText : "",
            effort.peakMemory > 0 ? "\(effort.peakMemory)" : "",
            effort.threads > 0 ? "\(effort.threads)" : "",
          ]
        })
  }
}
