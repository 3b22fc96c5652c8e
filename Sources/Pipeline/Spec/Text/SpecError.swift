/// A mistake in the spec, as data: where it stands, what is wrong and what would be accepted.
struct SpecError: Error, Sendable {
  let place: Place
  let message: String
  /// What to do about it, such as `did you mean ‘epochs’?`.
  let hint: String?

  /// A mistake at a place.
  init(_ place: Place, _ message: String, hint: String? = nil) {
    self.place = place
    self.message = message
    self.hint = hint
  }

  /// The name of the file, or of the argument, in which the mistake stands.
  var file: String { place.file }
  /// The line and column at which it stands.
  var mark: Mark { place.mark }
}

extension SpecError: CustomStringConvertible {
  /// The sentence, the line with a caret under the culprit, and the hint; no line break at the end.
  ///
  /// ```
  /// experiments.yaml:12:7: error: unknown key ‘epoch’
  ///    12 |       epoch: 60
  ///       |       ^~~~~
  /// hint: did you mean ‘epochs’?
  /// ```
  var description: String {
    let mark = self.mark
    let snippet = Snippet(of: place, mark: mark)
    let number = String(mark.line)
    let gutter = String(repeating: " ", count: max(0, 5 - number.count)) + number
    let blank = String(repeating: " ", count: gutter.count)
    var lines = [
      "\(visible(file)):\(mark.line):\(mark.column): error: \(message)",
      "\(gutter) | \(snippet.line)",
      "\(blank) | \(snippet.caret)",
    ]
    if let hint { lines.append("hint: \(hint)") }
    return lines.joined(separator: "\n")
  }
}

/// A word of the user's in quotation marks, cut and made visible so that any word fits a message.
func quoted(_ word: String) -> String {
  let limit = 60
  let head = word.prefix(limit)
  return "‘\(visible(String(head)))\(head.endIndex < word.endIndex ? "…" : "")’"
}

/// The text with every control character replaced, so that no file can steer the terminal.
func visible(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    result.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
  }
  return String(result)
}
