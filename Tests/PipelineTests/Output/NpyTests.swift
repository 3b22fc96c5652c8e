import Contract
import Testing

@testable import Pipeline

@Suite("NumPy arrays") struct NpyTests {
  @Test(
    "header, padding and data are as the format demands",
    arguments: [
      (
        NumericArray(shape: [2], .uint8([7, 9])), "'|u1', 'fortran_order': False, 'shape': (2,), }",
        [7, 9]
      ),
      (
        NumericArray(shape: [], .int32([-2])), "'<i4', 'fortran_order': False, 'shape': (), }",
        [0xFE, 0xFF, 0xFF, 0xFF]
      ),
      (
        NumericArray(shape: [1, 1, 1], .float32([1])),
        "'<f4', 'fortran_order': False, 'shape': (1, 1, 1), }", [0, 0, 0x80, 0x3F]
      ),
      (
        NumericArray(shape: [0, 3], .float32([])),
        "'<f4', 'fortran_order': False, 'shape': (0, 3), }", []
      ),
    ] as [(NumericArray, String, [UInt8])])
  func format(array: NumericArray, words: String, data: [UInt8]) throws {
    let bytes = Npy.encode(array)
    #expect(Array(bytes[..<8]) == [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0])
    let end = 10 + Int(bytes[8]) + Int(bytes[9]) << 8
    #expect(end % 64 == 0)
    let header = String(decoding: bytes[10..<end], as: UTF8.self)
    #expect(header.hasPrefix("{'descr': " + words))
    #expect(header.dropFirst(10 + words.count).dropLast().allSatisfy { $0 == " " })
    #expect(header.last == "\n")
    #expect(Array(bytes[end...]) == data)
  }
}
