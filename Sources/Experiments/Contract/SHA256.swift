import CCrypto

/// SHA-256 as lower-case hexadecimal text, computed by libcrypto.
package enum SHA256 {
  /// The digest of bytes in memory.
  package static func hex(of bytes: [UInt8]) -> String {
    bytes.withUnsafeBytes { hex(of: $0) }
  }

  /// The digest of bytes in memory.
  package static func hex(of bytes: UnsafeRawBufferPointer) -> String {
    var stream = SHA256Stream()
    stream.update(bytes)
    return stream.finish()
  }
}

/// A digest in the making: bytes go in piece by piece, the text comes out once.
package struct SHA256Stream: ~Copyable {
  private let context: OpaquePointer

  /// The digest of nothing yet.
  package init() {
    guard let context = EVP_MD_CTX_new() else {
      preconditionFailure("libcrypto gave no digest context: out of memory")
    }
    self.context = context
    let started = EVP_DigestInit_ex(context, EVP_sha256(), nil)
    precondition(started == 1, "libcrypto refuses SHA-256")
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Appends bytes to what is digested.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress, !bytes.isEmpty else { return }
    let taken = EVP_DigestUpdate(context, start, bytes.count)
    precondition(taken == 1, "libcrypto failed to digest \(bytes.count) bytes")
  }

  /// Appends bytes to what is digested.
  package mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

  /// The digest of everything appended, as 64 hexadecimal digits.
  package consuming func finish() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    let finished = EVP_DigestFinal_ex(context, &digest, nil)
    precondition(finished == 1, "libcrypto failed to finish a digest")
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
