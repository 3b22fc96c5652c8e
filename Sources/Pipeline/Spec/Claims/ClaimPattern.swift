/// The id of a published claim, or a pattern that several have.
///
/// `{epsilon}` stands for any word, where words are joined by dots and a number such as `0.25` is one
/// word; `{clean|attack}` stands for each of the words in it, and `{part:train=training|test}` gives
/// them a name and, behind `=`, what we call them.
struct ClaimPattern {
  /// One id, with the words that its places stand for, in our terms.
  struct Match: Sendable {
    let id: String
    let words: [String: String]
  }

  private enum Part {
    case text(String)
    case open(name: String)
    case closed(name: String?, words: [(published: String, ours: String)])
  }

  private let parts: [Part]

  /// The names of its places.
  var names: [String] {
    parts.compactMap {
      switch $0 {
      case .text: nil
      case .open(let name): name
      case .closed(let name, _): name
      }
    }
  }

  /// Reads a pattern, which stands at `place`.
  init(_ text: String, at place: Place) throws(SpecError) {
    var parts: [Part] = []
    var rest = text[...]
    while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      if brace > rest.startIndex { parts.append(.text(String(rest[..<brace]))) }
      guard rest[brace] == "{", let end = rest[brace...].firstIndex(of: "}") else {
        throw SpecError(
          place.part(text, from: brace, to: text.index(after: brace)),
          "this brace has no counterpart",
          hint: "a place is written {name}, {word|word} or {name:word=ours|word}")
      }
      let inside = rest[rest.index(after: brace)..<end]
      let part = place.part(text, from: brace, to: text.index(after: end))
      parts.append(try Self.part(String(inside), at: part))
      rest = rest[text.index(after: end)...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    self.parts = parts
    var seen: Set<String> = []
    if let twice = names.first(where: { !seen.insert($0).inserted }) {
      throw SpecError(
        place, "‘{\(twice)}’ is there twice", hint: "give each place a name of its own")
    }
  }

  private static func part(_ inside: String, at place: Place) throws(SpecError) -> Part {
    let sides = inside.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let name = sides.count == 2 || !inside.contains("|") ? String(sides[0]) : nil
    if let name {
      guard !name.isEmpty, name.utf8.allSatisfy(Self.isNameByte) else {
        throw SpecError(
          place, "\(quoted(name)) is no name of a place", hint: "use letters, digits, ‘_’ and ‘-’")
      }
    }
    if sides.count == 1, let name { return .open(name: name) }
    var words: [(published: String, ours: String)] = []
    for word in sides[sides.count - 1].split(separator: "|", omittingEmptySubsequences: false) {
      let pair = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let published = pair.first, !published.isEmpty, pair.last?.isEmpty == false else {
        throw SpecError(
          place, "a word is missing between the bars",
          hint: "write {word|word} or {name:word=ours|word}")
      }
      words.append((String(published), String(pair[pair.count - 1])))
    }
    return .closed(name: name, words: words)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

// MARK: Matching

extension ClaimPattern {
  /// What the pattern stands for: each combination of its alternatives, and where a place is open,
  /// every id that fits.
  ///
  /// Alternatives are ids whether they are published or not, so that a misspelt one is told. Nil
  /// where an open place fits no id.
  func matches(among ids: [String]) -> [Match]? {
    var matches: [Match] = []
    for variant in combinations() {
      guard variant.parts.contains(where: { $0 == nil }) else {
        matches.append(Match(id: variant.parts.compactMap { $0 }.joined(), words: variant.words))
        continue
      }
      let found = ids.compactMap { id in
        Self.fit(variant.parts[...], variant.open[...], Array(id.utf8)[...]).map {
          Match(id: id, words: variant.words.merging($0) { $1 })
        }
      }
      if found.isEmpty { return nil }
      matches += found
    }
    return matches
  }

  /// A pattern without alternatives: its texts, nil for an open place, whose names stand in `open`.
  private typealias Combination = (parts: [String?], open: [String], words: [String: String])

  private func combinations() -> [Combination] {
    var all: [Combination] = [([], [], [:])]
    for part in parts {
      all = all.flatMap { start -> [Combination] in
        switch part {
        case .text(let text): return [(start.parts + [text], start.open, start.words)]
        case .open(let name): return [(start.parts + [nil], start.open + [name], start.words)]
        case .closed(let name, let words):
          return words.map { word in
            var known = start.words
            if let name { known[name] = word.ours }
            return (start.parts + [word.published], start.open, known)
          }
        }
      }
    }
    return all
  }

  /// The words of the open places if the id fits, shortest words first; nil if it does not.
  private static func fit(
    _ parts: ArraySlice<String?>, _ open: ArraySlice<String>, _ id: ArraySlice<UInt8>
  ) -> [String: String]? {
    guard let part = parts.first else { return id.isEmpty ? [:] : nil }
    if let text = part {
      guard id.starts(with: text.utf8) else { return nil }
      return fit(parts.dropFirst(), open, id.dropFirst(text.utf8.count))
    }
    guard let name = open.first else { return nil }
    var end = id.startIndex
    while end < id.endIndex, isWord(at: end, in: id) {
      end += 1
      if let rest = fit(parts.dropFirst(), open.dropFirst(), id[end...]) {
        return rest.merging([name: String(decoding: id[..<end], as: UTF8.self)]) { $1 }
      }
    }
    return nil
  }

  /// Whether a byte can be part of a word: anything but a dot, unless digits stand around it.
  private static func isWord(at i: Int, in id: ArraySlice<UInt8>) -> Bool {
    guard id[i] == UInt8(ascii: ".") else { return true }
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    return i > id.startIndex && i + 1 < id.endIndex && digits.contains(id[i - 1])
      && digits.contains(id[i + 1])
  }
}

extension Place {
  /// A part of a text that is written here; the whole where escapes hide where the part is.
  func part(_ text: String, from start: String.Index, to end: String.Index) -> Place {
    let quotes = length - text.utf8.count
    guard quotes == 0 || quotes == 2 else { return self }
    let before = text.utf8.distance(from: text.startIndex, to: start)
    return Place(
      source: source, offset: offset + quotes / 2 + before,
      length: text.utf8.distance(from: start, to: end))
  }
}
