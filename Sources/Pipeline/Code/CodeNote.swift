import Contract

/// The fingerprints of all kinds, kept as text, so that a program whose sources were not touched since
/// it last ran reads none of them.
///
/// ```
/// seal <SHA-256 of what follows>
/// file <digest> <name>           every file that counts
/// type <name> <digest> 0-12 15   the files behind a type, by their line
/// layers <name> <layer> <layer>  the layers whose files are all behind a type
/// ```
struct CodeNote: Sendable {
  private let files: [CodeFingerprint.File]
  private let types: [String: (digest: String, files: Substring)]
  private let layers: [String: [String]]

  /// Finds the fingerprints of some types and of layers, and which layers are behind which type.
  init(_ index: CodeIndex, types names: [String], layers: [String]) {
    let prints = (names + layers).compactMap { name in
      index.fingerprint(ofType: name).map { (name: name, print: $0) }
    }
    let all = Set(prints.flatMap(\.print.files)).sorted {
      ($0.name, $0.digest) < ($1.name, $1.digest)
    }
    let places = Dictionary(
      all.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    files = all
    let behind = Dictionary(
      prints.map { ($0.name, Set($0.print.files)) }, uniquingKeysWith: { first, _ in first })
    self.layers = behind.mapValues { files in
      layers.filter { behind[$0]?.isSubset(of: files) == true }
    }.filter { !$0.value.isEmpty }
    types = Dictionary(
      prints.map { name, print in
        (name, (print.digest, IndexRanges.text(print.files.compactMap { places[$0] })[...]))
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The fingerprint of a type, with the code of others that it works with; nil if the note does not
  /// have one of them.
  func fingerprint(ofType name: String, with others: [String] = []) -> CodeFingerprint? {
    guard let noted = types[name]?.digest, let own = lines(ofType: name) else { return nil }
    var all = Set(own)
    let inside = layers(behind: name)
    for other in others where !inside.contains(other) {
      guard let more = lines(ofType: other) else { return nil }
      all.formUnion(more)
    }
    return all.count == own.count
      ? CodeFingerprint(digest: noted, files: own.map { files[$0] })
      : CodeFingerprint(files: all.sorted().map { files[$0] })
  }

  /// The layers whose code is behind a type.
  func layers(behind type: String) -> [String] { layers[type] ?? [] }

  private func lines(ofType name: String) -> [Int]? {
    types[name].flatMap { IndexRanges.numbers($0.files, below: files.count) }
  }

  // MARK: As text

  /// The note as bytes.
  var bytes: [UInt8] {
    var text = files.map { "file \($0.digest) \($0.name)\n" }.joined()
    for (name, entry) in types.sorted(by: { $0.key < $1.key }) {
      text += "type \(name) \(entry.digest) \(entry.files)\n"
    }
    for (name, layers) in layers.sorted(by: { $0.key < $1.key }) {
      text += "layers \(name) \(layers.joined(separator: " "))\n"
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
    var layers: [String: [String]] = [:]
    for line in String(decoding: body, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: line.hasPrefix("file ") ? 2 : 3)
      switch (words.first, words.count) {
      case ("file", 3): files.append(.init(name: String(words[2]), digest: String(words[1])))
      case ("type", 4): types[String(words[1])] = (String(words[2]), words[3])
      case ("layers", 3...):
        layers[String(words[1])] = words[2...].flatMap { $0.split(separator: " ") }.map(String.init)
      default: return nil
      }
    }
    self.files = files
    self.types = types
    self.layers = layers
  }
}
