import Contract

#if _endian(big)
  #error("arrays are copied as they lie in memory, and the format is little-endian")
#endif

/// Tensors as one run of bytes: the cache's storage, and weights that other tools can read.
///
/// The format is the public one: eight bytes of header length, a JSON header that gives each array's
/// type, shape and place, then the arrays without gaps. The bytes depend on the bundle alone: names
/// are sorted, four-byte arrays come before bytes (so that every array is aligned in a mapped file),
/// and the header is padded with spaces to a multiple of eight.
enum Safetensors {
  /// The header's key for text about the arrays; no array can have this name.
  static let metadataKey = "__metadata__"
  /// A longer header is taken for damage rather than read.
  static let longestHeader = 16 << 20

  /// The file's bytes.
  static func encode(_ bundle: TensorBundle) -> [UInt8] {
    let layout = bundle.arrays.sorted {
      ($0.value.isBytes ? 1 : 0, $0.key) < ($1.value.isBytes ? 1 : 0, $1.key)
    }
    var end = 0
    var entries: [(String, JSON)] = []
    for (name, array) in layout {
      precondition(name != metadataKey, "an array cannot be called \(metadataKey)")
      let start = end
      end += array.byteCount
      entries.append(
        (
          name,
          [
            "dtype": .string(array.typeName), "shape": .array(array.shape.map { .int($0) }),
            "data_offsets": [.int(start), .int(end)],
          ]
        ))
    }
    entries.sort { $0.0 < $1.0 }
    if !bundle.metadata.isEmpty {
      let words = bundle.metadata.sorted { $0.key < $1.key }.map { ($0.key, JSON.string($0.value)) }
      entries.insert((metadataKey, .object(words)), at: 0)
    }
    var header = Array(JSON.object(entries).text().utf8)
    header.append(contentsOf: repeatElement(0x20, count: (8 - header.count % 8) % 8))
    return join(header: header, arrays: layout.map(\.value), dataBytes: end)
  }

  private static func join(
    header: [UInt8], arrays: [NumericArray], dataBytes: Int
  ) -> [UInt8] {
    let total = 8 + header.count + dataBytes
    return [UInt8](unsafeUninitializedCapacity: total) { buffer, initialized in
      var rest = UnsafeMutableRawBufferPointer(buffer)
      func append(_ source: UnsafeRawBufferPointer) {
        rest.copyMemory(from: source)
        rest = UnsafeMutableRawBufferPointer(rebasing: rest[source.count...])
      }
      withUnsafeBytes(of: UInt64(header.count).littleEndian) { append($0) }
      header.withUnsafeBytes { append($0) }
      for array in arrays { array.withUnsafeBytes { append($0) } }
      initialized = total
    }
  }
}

/// An array's bytes and what the format calls them.
extension NumericArray {
  /// Whether an element is one byte.
  var isBytes: Bool { bytes != nil }
  /// How many bytes the elements take.
  var byteCount: Int { count * (isBytes ? 1 : 4) }
  /// The format's word for the element type.
  var typeName: String {
    switch elements {
    case .uint8: "U8"
    case .int32: "I32"
    case .float32: "F32"
    }
  }

  /// The elements as they lie in memory, which is little-endian.
  func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    switch elements {
    case .uint8(let values): values.withUnsafeBytes(body)
    case .int32(let values): values.withUnsafeBytes(body)
    case .float32(let values): values.withUnsafeBytes(body)
    }
  }
}
