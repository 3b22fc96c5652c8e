import Contract

/// The attack that a stage was given, with the words that captions have for it.
package struct NamedAttack: Sendable {
  /// The attack as the spec names it.
  package let piece: any AttackPiece
  /// Its word and its values, such as `fgsm (clip false, epsilon 0.25, norm linf)`.
  package let text: String

  /// Takes the `attack`, a mapping with a `kind`.
  package init(_ options: inout OptionReader) throws(OptionError) {
    let values = options.values(in: "attack")
    piece = try options.piece("attack", of: AttackCatalogue.attacks)
    let own = values.filter { $0.name != "kind" }.map { "\($0.name) \($0.value)" }
    text = type(of: piece).kind + (own.isEmpty ? "" : " (\(own.joined(separator: ", ")))")
  }

  /// Its word alone.
  package var word: String { type(of: piece).kind }
}
