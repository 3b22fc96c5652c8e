/// The types of plain scalars by the YAML 1.2 core schema (specification 1.2.2, section 10.3.2).
///
/// `yes`, `on`, `1_000`, `0b1` and `1:30` are text here, and `012` is twelve.
enum CoreSchema {
  /// A number that is written correctly but cannot be held.
  enum Unrepresentable: Error { case integerTooLarge, floatTooLarge, floatTooSmall, tooLong }

  /// The value that an unquoted word stands for.
  static func value(of word: ArraySlice<UInt8>) throws(Unrepresentable) -> Node.Value {
    guard let first = word.first else { return .null }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      if let number = try number(word) { return number }
    default: break
    }
    let text = String(decoding: word, as: UTF8.self)
    switch text {
    case "null", "Null", "NULL", "~": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    default: return .string(text)
    }
  }

  private static func number(_ word: ArraySlice<UInt8>) throws(Unrepresentable) -> Node.Value? {
    if word.starts(with: [UInt8(ascii: "0"), UInt8(ascii: "o")]) {
      return try integer(word.dropFirst(2), radix: 8, negative: false).map { .int($0) }
    }
    if word.starts(with: [UInt8(ascii: "0"), UInt8(ascii: "x")]) {
      return try integer(word.dropFirst(2), radix: 16, negative: false).map { .int($0) }
    }
    let negative = word.first == UInt8(ascii: "-")
    let signed = negative || word.first == UInt8(ascii: "+")
    let unsigned = signed ? word.dropFirst() : word
    if let value = try integer(unsigned, radix: 10, negative: negative) { return .int(value) }
    if unsigned.count == 4 {
      switch String(decoding: unsigned, as: UTF8.self) {
      case ".inf", ".Inf", ".INF": return .float(negative ? -.infinity : .infinity)
      case ".nan", ".NaN", ".NAN": return signed ? nil : .float(.nan)
      default: break
      }
    }
    return try float(unsigned, negative: negative).map { .float($0) }
  }

  /// The digits as a number; nil if there are none, or if something else is among them.
  private static func integer(
    _ digits: ArraySlice<UInt8>, radix: Int, negative: Bool
  ) throws(Unrepresentable) -> Int? {
    guard !digits.isEmpty else { return nil }
    var value = 0
    var overflowed = false
    for byte in digits {
      guard let digit = digit(byte), digit < radix else { return nil }
      let (product, tooMuch) = value.multipliedReportingOverflow(by: radix)
      // Below zero there is one number more, so a negative number is counted downwards.
      let (sum, over) =
        negative
        ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
      overflowed = overflowed || tooMuch || over
      value = sum
    }
    if overflowed { throw .integerTooLarge }
    return value
  }

  private static func digit(_ byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }

  /// `( "." [0-9]+ | [0-9]+ ( "." [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`, or nil.
  private static func float(
    _ word: ArraySlice<UInt8>, negative: Bool
  ) throws(Unrepresentable) -> Double? {
    var rest = word
    let whole = takeDigits(&rest)
    var fraction: ArraySlice<UInt8> = []
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      fraction = takeDigits(&rest)
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return nil }
    var exponent = "0"
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      exponent = ""
      if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
        exponent = sign == UInt8(ascii: "-") ? "-" : ""
        rest.removeFirst()
      }
      let digits = takeDigits(&rest)
      guard !digits.isEmpty else { return nil }
      exponent += String(decoding: digits, as: UTF8.self)
    }
    guard rest.isEmpty else { return nil }
    guard word.count <= 1000 else { throw .tooLong }
    let mantissa =
      "0" + String(decoding: whole, as: UTF8.self) + "." + String(decoding: fraction, as: UTF8.self)
    guard let magnitude = Double(mantissa + "0e" + exponent) else { throw .floatTooLarge }
    guard magnitude.isFinite else { throw .floatTooLarge }
    let isZero = (whole + fraction).allSatisfy { $0 == UInt8(ascii: "0") }
    guard isZero || magnitude > 0 else { throw .floatTooSmall }
    return negative ? -magnitude : magnitude
  }

  private static func takeDigits(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    rest = rest.dropFirst(digits.count)
    return digits
  }
}
