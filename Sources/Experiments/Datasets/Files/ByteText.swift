/// Bytes as error messages show them.
enum ByteText {
  /// What a file starts with, in hexadecimal digits, such as `a file that starts with 1f 8b`.
  static func start(of bytes: [UInt8], count: Int) -> String {
    bytes.isEmpty ? "an empty file" : "a file that starts with \(hex(bytes.prefix(count)))"
  }

  /// Two hexadecimal digits a byte, with spaces between.
  static func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0\(text)" : text
    }
    .joined(separator: " ")
  }
}
