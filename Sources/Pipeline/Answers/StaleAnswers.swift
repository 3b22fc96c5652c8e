/// An answer that other code, options or inputs than today's gave, and who made it.
struct StaleAnswer: Hashable, Sendable {
  /// The stage.
  let stage: String
  /// The commit that made it; nil if nobody noted it.
  let commit: String?
  /// What differs: `code`, `options`, `inputs`, `seed`.
  let subjects: [String]
  /// Every reason in a sentence.
  let reasons: [String]

  /// The answer behind an entry, if that is not today's.
  init?(_ entry: FreshArtifacts.Entry) {
    guard let reasons = entry.staleness else { return nil }
    let found = Set(reasons.compactMap(\.subject))
    stage = entry.name
    commit = entry.record.effort.commit
    subjects = ["options", "seed", "code", "inputs"].filter(found.contains)
    self.reasons = reasons.map(\.sentence)
  }

  /// The sign that numbers of such answers carry.
  static let sign = "†"

  /// `made by commit c25c9b6, by other code than today's`.
  var origin: String {
    let whose = commit.map { "made by commit \($0)" } ?? "made nobody knows when"
    // Inputs that differ are the least telling: whatever changed before them is why.
    let told = subjects.count > 1 ? subjects.filter { $0 != "inputs" } : subjects
    let what =
      told.isEmpty
      ? "" : ", by other \(told.joined(separator: " and ")) than today's"
    return whose + what
  }

  /// One sentence for each origin, the most frequent first; `noun` is `claim` or `stage`.
  static func sentences(_ answers: [StaleAnswer], _ words: (Int) -> String) -> [String] {
    Dictionary(grouping: answers, by: \.origin)
      .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
      .map { "\(words($0.value.count)) \($0.key)" }
  }
}
