import Contract

/// A data file that is missing, damaged, unreadable or of the wrong kind: the user's to mend.
package struct DataFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The path of the file, as it was opened.
  package let file: String
  /// What is wrong, as a clause that follows the file's name, such as `is cut short`.
  package let problem: String
  /// What was found; nil where the problem says it all.
  package let found: String?
  /// What was expected; nil where the problem says it all.
  package let expected: String?
  /// What to do about it.
  package let hint: String?

  /// A fault and its facts.
  package init(
    file: String, problem: String, found: String? = nil, expected: String? = nil,
    hint: String? = nil
  ) {
    self.file = file
    self.problem = problem
    self.found = found
    self.expected = expected
    self.hint = hint
  }

  /// The fault in one line, followed by one aligned line for each fact.
  package var description: String {
    let facts = [("found:   ", found), ("expected:", expected), ("hint:    ", hint)]
    return
      (["‘\(file)’ \(problem)"] + facts.compactMap { name, fact in fact.map { "  \(name) \($0)" } })
      .joined(separator: "\n")
  }

  /// The same fault as a stage reports it (exit 65).
  package var failure: StageFailure { StageFailure(.data, description) }
}
