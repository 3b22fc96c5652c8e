import Contract
import Testing

@testable import Pipeline

@Suite("Safetensors") struct SafetensorsTests {
  static let sample = TensorBundle(
    [
      "layers.0.weight": NumericArray(
        shape: [2, 3], .float32([1, -2, 0.5, .infinity, -0.0, .leastNonzeroMagnitude])),
      "layers.0.bias": NumericArray(shape: [2], .float32([0, 7])),
      "labels": NumericArray(shape: [3], .int32([0, -1, .max])),
      "a.image": NumericArray(shape: [1, 5], .uint8([0, 1, 2, 254, 255])),
      "empty": NumericArray(shape: [0, 4], .float32([])),
      "scalar": NumericArray(shape: [], .float32([3])),
    ], metadata: ["architecture": "dense 3 → 2", "b": ""])

  /// A file with this header and this many zero bytes of data.
  static func file(_ header: String, data: Int) -> [UInt8] {
    let length = UInt64(header.utf8.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) } + Array(header.utf8)
      + [UInt8](repeating: 0, count: data)
  }

  @Test(
    "a bundle comes back as it was, whatever is in it",
    arguments: [
      sample, TensorBundle([:]), TensorBundle([:], metadata: ["only": "words"]),
    ])
  func roundTrip(bundle: TensorBundle) throws {
    let bytes = Safetensors.encode(bundle)
    #expect(try Safetensors.decode(bytes) == bundle)
    #expect(Safetensors.encode(try Safetensors.decode(bytes)) == bytes)
  }

  @Test("the header is sorted, padded to eight bytes, and puts bytes behind aligned arrays")
  func layout() {
    let bytes = Safetensors.encode(
      TensorBundle(
        [
          "a": NumericArray(shape: [1], .uint8([9])), "b": NumericArray(shape: [1], .float32([1])),
        ], metadata: ["z": "1", "y": "2"]))
    let header =
      #"{"__metadata__":{"y":"2","z":"1"},"a":{"dtype":"U8","shape":[1],"data_offsets":[4,5]},"#
      + #""b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
    let padded = header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    let length = UInt8(padded.utf8.count)
    #expect(bytes == [length, 0, 0, 0, 0, 0, 0, 0] + Array(padded.utf8) + [0, 0, 0x80, 0x3F, 9])
  }

  @Test("NaN payloads survive")
  func payload() throws {
    let odd = Float(bitPattern: 0x7FC1_2345)
    let bytes = Safetensors.encode(TensorBundle(["x": NumericArray(shape: [1], .float32([odd]))]))
    #expect(try Safetensors.decode(bytes).arrays["x"]?.floats?.first?.bitPattern == 0x7FC1_2345)
  }

  @Test("a file cut anywhere is refused")
  func truncated() {
    let bytes = Safetensors.encode(Self.sample)
    for length in 0..<bytes.count {
      #expect(throws: SafetensorsError.self, "cut to \(length) of \(bytes.count) bytes") {
        try Safetensors.decode(Array(bytes[..<length]))
      }
    }
    #expect(throws: SafetensorsError.self) { try Safetensors.decode(bytes + [0]) }
  }

  @Test(
    "a header that lies is refused",
    arguments: [
      (#"{"x":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}"#, "‘F16’"),
      (#"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, "takes 8 bytes"),
      (#"{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, "not a whole number"),
      (#"{"x":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}"#, "not a whole number"),
      (#"{"x":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}"#, "too large"),
      (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, "within the 4 bytes"),
      (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[1,5]}}"#, "within the 4 bytes"),
      (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}"#, "within the 4 bytes"),
      (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#, "within the 4 bytes"),
      (#"{"x":{"dtype":"F32","shape":[1]}}"#, "exactly"),
      (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":1}}"#, "exactly"),
      (#"{"x":7}"#, "exactly"),
      (#"{}"#, "end at byte 0"),
      (#"{"x":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#, "end at byte 2"),
      (#"{"x":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}"#, "0 was expected"),
      (
        #"{"x":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"#
          + #""y":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}"#, "3 was expected"
      ),
      (#"{"__metadata__":[]}"#, "not an object"), (#"{"__metadata__":{"a":1}}"#, "not a string"),
      (#"[]"#, "‘{’"), (#" {}"#, "‘{’"), (#"{"x":}"#, "not JSON"),
    ])
  func liars(header: String, words: String) {
    #expect { try Safetensors.decode(Self.file(header, data: 4)) } throws: {
      "\($0)".contains(words)
    }
  }

  @Test("an absurd header length is refused without being believed")
  func absurdLength() {
    #expect(throws: SafetensorsError.self) {
      try Safetensors.decode([UInt8](repeating: 0xFF, count: 64))
    }
    #expect(throws: SafetensorsError.self) {
      try Safetensors.decode([9, 0, 0, 0, 0, 0, 0, 0, 0x7B])
    }
  }

  @Test("no garbage crashes the reader, and what it accepts it writes back")
  func garbage() {
    var random = SplitMix(state: 2015)
    let good = Safetensors.encode(Self.sample)
    var refused = 0
    for _ in 0..<4000 {
      var bytes = good
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8(
          truncatingIfNeeded: random.next())
      }
      do {
        let bundle = try Safetensors.decode(bytes)
        let again = try Safetensors.decode(Safetensors.encode(bundle))
        // By bytes: a flipped bit may have made a NaN, which does not equal itself.
        #expect(Safetensors.encode(again) == Safetensors.encode(bundle))
      } catch {
        refused += 1
      }
    }
    #expect(refused > 1000)
  }

  @Test("a source that is not aligned is read all the same")
  func unaligned() throws {
    let shifted = [0] + Safetensors.encode(Self.sample)
    let bundle = try shifted.withUnsafeBytes { raw in
      Result { try Safetensors.decode(UnsafeRawBufferPointer(rebasing: raw[1...])) }
    }.get()
    #expect(bundle == Self.sample)
  }
}
