import Contract

/// The fingerprints of all kinds, kept as text, so that a program whose sources were not touched since
/// it last ran reads none of them.
///
/// ```
/// seal <SHA-256 of what follows>
/// file <digest> <name>         every file that counts
/// type <name> <digest> 0-12 15   the files behind a type, by their line
/// ```
struct CodeNote: Sendable {
  private let files: [CodeFingerprint.File]
  private let types: [String: (digest: String, files: Substring)]

  /// Finds the fingerprints of some types.
  init(_ index: CodeIndex, types names: [String]) {
    let prints = names.compactMap { name in
      index.fingerprint(ofType: name).map { (name: name, print: $0) }
    }
    let all = Set(prints.flatMap(\.print.files)).sorted {
      ($0.name, $0.digest) < ($1.name, $1.digest)
    }
    let places = Dictionary(
      all.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    files = all
    types = Dictionary(
      prints.map { name, print in
        (name, (print.digest, IndexRanges.text(print.files.compactMap { places[$0] })[...]))
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The fingerprint of a type; nil if the note does not have it.
  func fingerprint(ofType name: String) -> CodeFingerprint? {
    guard let (digest, ranges) = types[name],
      let listed = IndexRanges.elements(ranges, of: files)
    else { return nil }
    return CodeFingerprint(digest: digest, files: listed)
  }

  // MARK: As text

  /// The note as bytes.
  var bytes: [UInt8] {
    var text = files.map { "file \($0.digest) \($0.name)\n" }.joined()
    for (name, entry) in types.sorted(by: { $0.key < $1.key }) {
      text += "type \(name) \(entry.digest) \(entry.files)\n"
    }
    return Array("seal \(SHA256.hex(of: Array(text.utf8)))\n\(text)".utf8)
  }

  /// A note from its bytes; nil if they are not whole.
  init?(_ bytes: [UInt8]) {
    guard let end = bytes.firstIndex(of: Ascii.newline) else { return nil }
    let body = Array(bytes[(end + 1)...])
    guard Array("seal \(SHA256.hex(of: body))".utf8) == Array(bytes[..<end]) else { return nil }
    var files: [CodeFingerprint.File] = []
    var types: [String: (digest: String, files: Substring)] = [:]
    for line in String(decoding: body, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: line.hasPrefix("file ") ? 2 : 3)
      switch (words.first, words.count) {
      case ("file", 3): files.append(.init(name: String(words[2]), digest: String(words[1])))
      case ("type", 4): types[String(words[1])] = (String(words[2]), words[3])
      default: return nil
      }
    }
    self.files = files
    self.types = types
  }
}
