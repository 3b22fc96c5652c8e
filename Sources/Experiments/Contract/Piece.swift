/// A named value that is decoded from the spec: an attack, a threat model, a criterion, a network.
///
/// Pieces combine freely there, `attack: {kind: pgd, norm: l2, …}`. A new one is a file and a line in
/// the catalogue of its family; nothing else names it.
package protocol Piece: Sendable {
  /// The word that names it in the spec.
  static var kind: String { get }
  /// One sentence on what it is and where it comes from.
  static var summary: String { get }
  /// Decodes its options; the reader refuses what is left over.
  init(options: inout OptionReader) throws(OptionError)
}

/// The pieces of one family, such as all attacks.
///
/// `Family` is what every one of them is beside a piece.
package struct Catalogue<Family>: Sendable {
  /// What a piece of the family is called in messages, such as `attack`.
  package let name: String
  /// The pieces, in the order in which they are listed.
  package let pieces: [any Piece.Type]

  /// A family; each of its pieces must be one of it.
  package init(_ name: String, _ pieces: [any Piece.Type]) {
    self.name = name
    self.pieces = pieces
  }

  /// The words that name its pieces.
  package var words: [String] { pieces.map { $0.kind } }
}

extension OptionReader {
  /// A piece that is a mapping of its own: its word under `kind`, and its options beside it.
  package mutating func piece<Family>(
    _ name: String, of catalogue: Catalogue<Family>
  ) throws(OptionError) -> Family {
    try mapping(name, "an \(catalogue.name), such as {kind: \(catalogue.words[0]), …}") {
      inner throws(OptionError) in try inner.piece(by: "kind", of: catalogue)
    }
  }

  /// A piece whose word stands under `key` among other options, and whose own options do, too.
  package mutating func piece<Family>(
    by key: String, of catalogue: Catalogue<Family>
  ) throws(OptionError) -> Family {
    let word = try word(key, of: catalogue.words)
    guard let type = catalogue.pieces.first(where: { $0.kind == word }) else {
      preconditionFailure("the catalogue of \(catalogue.name)s lists ‘\(word)’ and has it not")
    }
    note(type)
    guard let piece = try type.init(options: &self) as? Family else {
      preconditionFailure("the catalogue of \(catalogue.name)s holds what is none: \(type)")
    }
    return piece
  }
}
