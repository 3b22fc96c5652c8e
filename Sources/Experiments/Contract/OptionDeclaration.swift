/// An option as a stage or a piece asks for it.
package struct OptionDeclaration: Sendable {
  /// Its name in the spec.
  package let name: String
  /// What is accepted: the type with its range, or the words.
  package let wanted: String
  /// When it is asked for, such as `network is dense`; nil if always.
  package private(set) var condition: String?
  /// An answer that is accepted, and others, by the words for them, that may lead to other questions.
  private let example: Setting
  private let alternatives: [String: Setting]

  init(name: String, wanted: String, example: Setting, alternatives: [String: Setting]) {
    (self.name, self.wanted, self.example, self.alternatives) = (
      name, wanted, example, alternatives
    )
  }

  fileprivate func asked(where condition: String) -> OptionDeclaration {
    var conditional = self
    conditional.condition = condition
    return conditional
  }

  /// Whether another pass asked the same.
  fileprivate func isSame(as other: OptionDeclaration) -> Bool {
    name == other.name && wanted == other.wanted
  }

  /// How the accepted answer is called in a condition.
  fileprivate var exampleWord: String {
    switch example {
    case .string(let word): word
    case .bool(let value): "\(value)"
    default: "one"
    }
  }

  /// The alternatives in the order of their words.
  fileprivate var otherAnswers: [(word: String, setting: Setting)] {
    alternatives.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

extension OptionReader {
  /// The options that a stage or a piece takes, in its own order, told by its own decoding: it is made
  /// from answers that are each acceptable by themselves, and again with each other word for each of
  /// its words, so that options which stand on an answer are found, and on which.
  ///
  /// Where answers contradict each other, what is asked for after that is not known.
  package static func declarations(
    _ decode: (inout OptionReader) throws(OptionError) -> Void
  ) -> [OptionDeclaration] {
    func asked(_ answers: [String: Setting]) -> (options: [OptionDeclaration], isWhole: Bool) {
      var reader = OptionReader(describing: "it", answers: answers)
      do { try decode(&reader) } catch { return (reader.declarations, false) }
      return (reader.declarations, true)
    }
    let first = asked([:])
    var all = first.options
    for question in first.options where !question.otherAnswers.isEmpty {
      let passes =
        [(word: question.exampleWord, pass: first)]
        + question.otherAnswers.map { (word: $0.word, pass: asked([question.name: $0.setting])) }
      for (_, pass) in passes {
        for option in pass.options where !all.contains(where: option.isSame) { all.append(option) }
      }
      all = all.map { option in
        let with = passes.filter { $0.pass.options.contains(where: option.isSame) }
        // A pass that ended early tells nothing of what it did not come to.
        let without = passes.filter {
          $0.pass.isWhole && !$0.pass.options.contains(where: option.isSame)
        }
        if option.condition != nil || with.isEmpty || without.isEmpty { return option }
        return option.asked(
          where: "\(question.name) is \(with.map(\.word).joined(separator: ", "))")
      }
    }
    return all
  }
}
