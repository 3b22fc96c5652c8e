/// One line of a text and the carets under a place in it, cut to fit a terminal.
struct Snippet {
  let line: String
  let caret: String

  /// Columns before the place that a cut line still shows.
  private static let lead = 40
  /// Columns that a line may take in all.
  private static let width = 90

  /// The line on which the place begins.
  init(of place: Place, mark: Mark) {
    let source = place.source
    let range = source.lineRange(mark.line)
    let start = min(max(place.offset, range.lowerBound), range.upperBound)
    let end = min(max(start + place.length, start), range.upperBound)
    // Three times the width in characters of four bytes is more than can be shown.
    let from = max(range.lowerBound, start - Self.width * 12)
    let to = min(range.upperBound, start + Self.width * 12)
    var before = Self.characters(source.bytes[min(start, Self.boundary(from, in: source))..<start])
    let marked = Self.characters(source.bytes[start..<min(end, to)])
    var after = Self.characters(source.bytes[min(end, to)..<to])

    var cutLeft = from > range.lowerBound
    var cutRight = to < range.upperBound
    if Self.columns(before) + Self.columns(marked) + Self.columns(after) > Self.width {
      while Self.columns(before) > Self.lead {
        before.removeFirst(max(1, (Self.columns(before) - Self.lead) / 2))
        cutLeft = true
      }
    }
    var shown = marked
    while Self.columns(before) + Self.columns(shown) > Self.width {
      shown.removeLast(max(1, (Self.columns(before) + Self.columns(shown) - Self.width) / 2))
      after = []
      cutRight = true
    }
    while Self.columns(before) + Self.columns(shown) + Self.columns(after) > Self.width {
      let excess = Self.columns(before) + Self.columns(shown) + Self.columns(after) - Self.width
      after.removeLast(min(after.count, max(1, excess / 2)))
      cutRight = true
    }
    line =
      (cutLeft ? "…" : "") + visible(before: before, shown, after) + (cutRight ? "…" : "")
    // A tab stays a tab, so that it is as wide as the one above it, whatever the terminal thinks.
    let padding = before.map { $0 == "\t" ? "\t" : String(repeating: " ", count: Self.columns($0)) }
    caret =
      (cutLeft ? " " : "") + padding.joined() + "^"
      + String(repeating: "~", count: max(0, Self.columns(shown) - 1))
  }

  private static func characters(_ bytes: ArraySlice<UInt8>) -> [Character] {
    Array(String(decoding: bytes, as: UTF8.self))
  }

  /// The next offset at which a character can begin.
  private static func boundary(_ offset: Int, in source: SourceText) -> Int {
    var offset = offset
    while offset < source.bytes.count, source.bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    return offset
  }

  private static func columns(_ characters: [Character]) -> Int {
    characters.reduce(0) { $0 + columns($1) }
  }

  /// Columns of a terminal: East Asian wide characters and pictographs take two.
  private static func columns(_ character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
      0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default:
      return 1
    }
  }
}

/// The three parts of a line joined; tabs are kept, other control characters made visible.
private func visible(before: [Character], _ marked: [Character], _ after: [Character]) -> String {
  (before + marked + after).map { $0 == "\t" ? "\t" : visible(String($0)) }.joined()
}
