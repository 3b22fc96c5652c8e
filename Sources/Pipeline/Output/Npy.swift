import Contract

/// Arrays as `.npy` files of version 1.0, which `numpy.load` reads: row-major, little-endian.
enum Npy {
  /// The file's bytes.
  static func encode(_ array: NumericArray) -> [UInt8] {
    let type =
      switch array.elements {
      case .uint8: "|u1"
      case .int32: "<i4"
      case .float32: "<f4"
      }
    // A tuple of one needs its comma in Python.
    let sizes = array.shape.map(\.description)
    let shape = sizes.count == 1 ? "(\(sizes[0]),)" : "(\(sizes.joined(separator: ", ")))"
    var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
    // Magic, version and header length take 10 bytes; the data begin at a multiple of 64.
    let padding = (64 - (10 + header.utf8.count + 1) % 64) % 64
    header += String(repeating: " ", count: padding) + "\n"
    let length = header.utf8.count
    precondition(length <= 0xFFFF, "a shape of \(array.shape.count) axes does not fit the header")
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
    bytes.reserveCapacity(10 + length + array.byteCount)
    bytes += [UInt8(length & 0xFF), UInt8(length >> 8)] + Array(header.utf8)
    array.withUnsafeBytes { bytes.append(contentsOf: $0) }
    return bytes
  }
}
