import Contract

/// The two digits that logistic regression tells apart.
package struct DigitPair: Hashable, Sendable {
  /// The digit with y = −1, and the one with y = +1.
  package let classes: [Int]

  /// Reads `negative` and `positive`, which must differ.
  package init(_ options: inout OptionReader) throws(OptionError) {
    let negative = try options.int("negative", in: 0...9)
    let positive = try options.int("positive", in: 0...9)
    guard negative != positive else {
      throw OptionError(
        path: ["positive"], message: "‘positive’ and ‘negative’ are the same digit",
        hint: "give two different digits")
    }
    classes = [negative, positive]
  }

  /// In words, such as `3 against 7`.
  package var text: String { "\(classes[0]) against \(classes[1])" }
}
