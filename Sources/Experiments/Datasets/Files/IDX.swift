/// An array of bytes in the IDX format of the MNIST files.
///
/// The format: two zero bytes, the element type (8: unsigned byte), the number of dimensions, one
/// big-endian 32-bit size a dimension, then the elements in row-major order.
struct IDX: Hashable, Sendable {
  /// Sizes, slowest axis first; one to three of them.
  let shape: [Int]
  /// The elements, as many as the sizes multiply to.
  let elements: [UInt8]

  /// What a reader refuses to hold in memory by default: four times the largest MNIST file.
  static let defaultLimit = 192 << 20

  /// Reads a file, unpacking it if its name ends in `.gz`.
  ///
  /// `dimensions` is what the caller needs, such as 3 for images and 1 for labels; more than `limit`
  /// bytes, packed or unpacked, are refused.
  static func read(
    _ path: String, dimensions: Int, limit: Int = defaultLimit
  ) throws(DataFileError) -> IDX {
    let bytes =
      if path.hasSuffix(".gz") {
        try Compression.gzip.bytes(of: path, limit: limit)
      } else {
        try FileReader.bytes(of: path, limit: limit)
      }
    return try IDX(parsing: bytes, file: path, dimensions: dimensions)
  }

  /// Parses the unpacked content of a file, whose name serves the error messages.
  init(parsing bytes: [UInt8], file: String, dimensions: Int) throws(DataFileError) {
    precondition((1...3).contains(dimensions), "IDX with \(dimensions) dimensions is not read here")
    let header = 4 + 4 * dimensions
    let wanted = Self.magic(dimensions: dimensions)
    guard bytes.count >= 4 else {
      throw DataFileError(
        file: file, problem: "is cut short", found: "\(bytes.count) bytes",
        expected: "a header of \(header) bytes")
    }
    let magic = Self.word(bytes, at: 0)
    guard magic == wanted else {
      throw DataFileError(
        file: file, problem: "does not start like the IDX file that is needed",
        found: Self.describe(magic), expected: Self.describe(wanted))
    }
    guard bytes.count >= header else {
      throw DataFileError(
        file: file, problem: "is cut short", found: "\(bytes.count) bytes",
        expected: "a header of \(header) bytes")
    }
    let shape = (0..<dimensions).map { Int(Self.word(bytes, at: 4 + 4 * $0)) }
    let sizes = shape.map(String.init).joined(separator: "×")
    guard !shape.contains(0) else {
      throw DataFileError(
        file: file, problem: "holds nothing", found: "sizes \(sizes)",
        expected: "sizes of at least 1")
    }
    // Three 32-bit sizes can exceed 64 bits; such a header is garbage whatever the file holds.
    let count: Int? = shape.reduce(1) { product, size in
      product.flatMap { Self.exact($0.multipliedReportingOverflow(by: size)) }
    }
    let total = count.flatMap { Self.exact($0.addingReportingOverflow(header)) }
    guard bytes.count == total else {
      let expected = total.map { "\($0) bytes" } ?? "more bytes than there can be"
      throw DataFileError(
        file: file,
        problem: total.map { bytes.count > $0 } == true
          ? "goes on after its last element" : "is cut short, or its header is damaged",
        found: "\(bytes.count) bytes", expected: "\(expected), for sizes \(sizes)")
    }
    self.shape = shape
    self.elements = Array(bytes[header...])
  }

  private static func magic(dimensions: Int) -> UInt32 { 0x0800 | UInt32(dimensions) }

  private static func word(_ bytes: [UInt8], at offset: Int) -> UInt32 {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }

  private static func exact(_ result: (partialValue: Int, overflow: Bool)) -> Int? {
    result.overflow ? nil : result.partialValue
  }

  private static func describe(_ magic: UInt32) -> String {
    let digits = String(magic, radix: 16)
    let word = "magic 0x" + String(repeating: "0", count: 8 - digits.count) + digits
    guard magic >> 16 == 0 else { return "\(word) (no IDX file)" }
    let dimensions = "\(magic & 0xFF) dimension\(magic & 0xFF == 1 ? "" : "s")"
    let type =
      switch magic >> 8 {
      case 0x08: "unsigned bytes"
      case 0x09: "signed bytes"
      case 0x0B: "16-bit integers"
      case 0x0C: "32-bit integers"
      case 0x0D: "32-bit floats"
      case 0x0E: "64-bit floats"
      default: "an unknown element type"
      }
    return "\(word) (\(type), \(dimensions))"
  }
}
