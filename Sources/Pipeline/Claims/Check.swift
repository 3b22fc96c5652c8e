/// A claim's qualitative check: what must hold of our values for the paper's point to stand, even
/// where the number does not agree.
///
/// `ours >= 50`, `ours <= 0.5 * other.claim.id`, several of them joined by `and`. A claim's id means
/// *our* value of that claim. Of a matrix, `ours` is its mean absolute deviation from the paper's and
/// `spearman` its rank correlation with it.
struct Check: Hashable, Sendable {
  /// What of ours is looked at.
  enum Subject: String, CaseIterable, Sendable {
    /// The value that is judged.
    case ours
    /// A matrix's rank correlation with the paper's.
    case spearman
  }

  /// How two values are compared.
  enum Comparison: String, CaseIterable, Sendable {
    case atLeast = ">="
    case atMost = "<="
    case above = ">"
    case below = "<"
  }

  /// `subject COMPARISON factor · reference`, where a missing reference counts as 1.
  struct Term: Hashable, Sendable {
    let subject: Subject
    let comparison: Comparison
    let factor: Double
    let reference: String?
  }

  /// Why a text is not a check.
  struct Mistake: Error, Hashable, CustomStringConvertible {
    let description: String
  }

  /// The check as written.
  let text: String
  /// What must hold, all of it.
  let terms: [Term]

  /// Reads a check, strictly: words and operators are separated by spaces.
  init(_ text: String) throws(Mistake) {
    var terms: [Term] = []
    var words = text.split(separator: " ").map(String.init)[...]
    repeat {
      terms.append(try Self.term(&words))
    } while words.popFirst(if: "and")
    guard words.isEmpty else {
      throw Mistake(description: "‘\(words[words.startIndex])’ where ‘and’ or the end was expected")
    }
    self.text = text
    self.terms = terms
  }

  /// Whether the check holds for our value and our values of the other claims; nil if one of those
  /// is not known.
  func holds(ours: Double, spearman: Double? = nil, others: [String: Double]) -> Bool? {
    var holds = true
    for term in terms {
      guard let value = term.subject == .ours ? ours : spearman else { return nil }
      var bound = term.factor
      if let reference = term.reference {
        guard let other = others[reference] else { return nil }
        bound *= other
      }
      switch term.comparison {
      case .atLeast: holds = holds && value >= bound
      case .atMost: holds = holds && value <= bound
      case .above: holds = holds && value > bound
      case .below: holds = holds && value < bound
      }
    }
    return holds
  }

  private static func term(_ words: inout ArraySlice<String>) throws(Mistake) -> Term {
    guard let subject = words.first.flatMap(Subject.init(rawValue:)) else {
      throw Mistake(description: "\(found(words)) where ‘ours’ or ‘spearman’ was expected")
    }
    words.removeFirst()
    guard let comparison = words.first.flatMap(Comparison.init(rawValue:)) else {
      let all = Comparison.allCases.map(\.rawValue).joined(separator: " ")
      throw Mistake(description: "\(found(words)) where one of \(all) was expected")
    }
    words.removeFirst()
    guard let factor = words.first.flatMap({ PrintedValue($0)?.value }) else {
      return Term(
        subject: subject, comparison: comparison, factor: 1, reference: try reference(&words))
    }
    words.removeFirst()
    let isProduct = words.popFirst(if: "*")
    return Term(
      subject: subject, comparison: comparison, factor: factor,
      reference: isProduct ? try reference(&words) : nil)
  }

  private static func reference(_ words: inout ArraySlice<String>) throws(Mistake) -> String {
    guard let word = words.first, isClaimID(word) else {
      throw Mistake(description: "\(found(words)) where a number or a claim's id was expected")
    }
    words.removeFirst()
    return word
  }

  private static func found(_ words: ArraySlice<String>) -> String {
    words.first.map { "‘\($0)’" } ?? "the end"
  }
}

/// Whether a word can be a claim's id: `paper.what.it.says`, in letters, digits, `_`, `-` and `.`.
func isClaimID(_ word: String) -> Bool {
  let parts = word.split(separator: ".", omittingEmptySubsequences: false)
  return parts.count > 1 && word.first?.isLetter == true
    && parts.allSatisfy { part in
      !part.isEmpty
        && part.unicodeScalars.allSatisfy {
          $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
            || $0 == "_" || $0 == "-"
        }
    }
}

extension ArraySlice<String> {
  /// Drops the first word if it is this one, and tells whether it was.
  fileprivate mutating func popFirst(if word: String) -> Bool {
    guard first == word else { return false }
    removeFirst()
    return true
  }
}
