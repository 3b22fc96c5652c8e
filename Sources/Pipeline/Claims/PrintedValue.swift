/// A number as a paper prints it: its value, and how much its last digit is worth.
struct PrintedValue: Hashable, Sendable {
  /// The text, such as `99.0`.
  let text: String
  /// The number.
  let value: Double
  /// Digits after the point.
  let decimals: Int
  /// Half a unit of the last printed digit: the paper's own number may be off by as much.
  let halfUnit: Double

  /// Reads a decimal number without exponent, such as `-0.25` or `97`; nil if it is none.
  init?(_ text: String) {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), digits.utf8.count <= 18,
      parts.allSatisfy({ part in !part.isEmpty && part.utf8.allSatisfy { 0x30...0x39 ~= $0 } }),
      let value = Double(text), let unit = Double("1e-\(parts.count == 2 ? parts[1].count : 0)")
    else { return nil }
    self.text = text
    self.value = value
    self.decimals = parts.count == 2 ? parts[1].count : 0
    self.halfUnit = unit / 2
  }
}
