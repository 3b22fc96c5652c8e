import Foundation

/// How words look on a terminal: colours where they are wanted, widths, durations.
struct Style: Sendable {
  /// Whether to colour.
  let color: Bool

  func good(_ text: String) -> String { paint(text, "32") }
  func bad(_ text: String) -> String { paint(text, "31;1") }
  func warn(_ text: String) -> String { paint(text, "33") }
  func strong(_ text: String) -> String { paint(text, "1") }
  func faint(_ text: String) -> String { paint(text, "2") }

  private func paint(_ text: String, _ code: String) -> String {
    color ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  /// A bar of twenty cells.
  func bar(_ fraction: Double) -> String {
    let filled = Int((min(max(fraction, 0), 1) * 20).rounded(.down))
    return "[" + good(String(repeating: "█", count: filled))
      + faint(String(repeating: "░", count: 20 - filled)) + "]"
  }

  /// `0.4 s`, `12 s`, `3 min 05 s`, `2 h 10 min`.
  static func duration(_ seconds: Double) -> String {
    if !seconds.isFinite { return "unknown time" }
    if seconds < 9.95 { return "\((seconds * 10).rounded() / 10) s" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    let padded = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
    if whole < 3600 { return "\(whole / 60) min \(padded(whole % 60)) s" }
    return "\(whole / 3600) h \(padded(whole % 3600 / 60)) min"
  }

  /// A rate with as many digits as one can use.
  static func rate(_ rate: Double) -> String {
    rate >= 100 ? "\(Int(rate.rounded()))" : "\((rate * 10).rounded() / 10)"
  }

  /// Bytes as people say them.
  static func bytes(_ count: Int) -> String {
    let units = ["bytes", "KiB", "MiB", "GiB"]
    var (value, unit) = (Double(count), 0)
    while value >= 1024 && unit < units.count - 1 {
      value /= 1024
      unit += 1
    }
    return unit == 0 ? "\(count) bytes" : "\((value * 10).rounded() / 10) \(units[unit])"
  }

  /// The width of the terminal behind standard error, 80 where there is none.
  static var terminalWidth: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// The width of the terminal behind standard output; nil where that is a file or a pipe.
  static var outputWidth: Int? {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else { return nil }
    return Int(size.ws_col)
  }

  /// A line cut to a width; escape sequences take no place.
  static func cut(_ line: String, to width: Int) -> String {
    var (result, used, inEscape, wasColored) = ("", 0, false, false)
    for character in line {
      if character == "\u{1B}" { (inEscape, wasColored) = (true, true) }
      if !inEscape {
        if used == width - 1 { return result + (wasColored ? "\u{1B}[0m…" : "…") }
        used += 1
      }
      result.append(character)
      if inEscape && character.isLetter { inEscape = false }
    }
    return result
  }
}
