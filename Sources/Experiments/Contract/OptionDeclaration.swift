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
    conditional.condition = conditional.condition ?? condition
    return conditional
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
  /// its words, so that questions which stand on an answer are found.
  ///
  /// Where answers contradict each other, what is asked for after that is not known.
  package static func declarations(
    _ decode: (inout OptionReader) throws(OptionError) -> Void
  ) -> [OptionDeclaration] {
    func questions(_ answers: [String: Setting]) -> (asked: [OptionDeclaration], isWhole: Bool) {
      var reader = OptionReader(describing: "it", answers: answers)
      do { try decode(&reader) } catch { return (reader.declarations, false) }
      return (reader.declarations, true)
    }
    var all = questions([:]).asked
    for question in all {
      for answer in question.otherAnswers {
        let (others, isWhole) = questions([question.name: answer.setting])
        for other in others where !all.contains(where: { $0.name == other.name }) {
          all.append(other.asked(where: "\(question.name) is \(answer.word)"))
        }
        guard isWhole else { continue }
        all = all.map { asked in
          others.contains { $0.name == asked.name } || asked.condition != nil
            ? asked : asked.asked(where: "\(question.name) is \(question.exampleWord)")
        }
      }
    }
    return all
  }
}
