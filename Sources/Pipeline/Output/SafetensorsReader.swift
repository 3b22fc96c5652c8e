import Contract

/// Why bytes are not a safetensors file that can be read here.
struct SafetensorsError: Error, Hashable, CustomStringConvertible {
  /// What was found and what was expected.
  let description: String

  init(_ description: String) { self.description = description }
}

extension Safetensors {
  /// Reads a whole file.
  ///
  /// Nothing is trusted: the header's length is bounded, every array's place must lie inside the
  /// file and fit its shape, and the arrays must cover the file without gap or overlap. Whatever the
  /// bytes, the answer is a bundle or an error.
  static func decode(_ bytes: [UInt8]) throws(SafetensorsError) -> TensorBundle {
    let answer: Result<TensorBundle, SafetensorsError> = bytes.withUnsafeBytes { file in
      do throws(SafetensorsError) {
        return .success(try decode(file))
      } catch {
        return .failure(error)
      }
    }
    return try answer.get()
  }

  /// Reads a whole file from memory that somebody else owns, such as a mapped file.
  static func decode(_ file: UnsafeRawBufferPointer) throws(SafetensorsError) -> TensorBundle {
    guard file.count >= 8 else {
      throw SafetensorsError("\(file.count) bytes are too few for the 8 of the header's length")
    }
    let announced = UInt64(littleEndian: file.loadUnaligned(as: UInt64.self))
    guard announced <= UInt64(longestHeader) else {
      throw SafetensorsError(
        "a header of \(announced) bytes is announced; at most \(longestHeader) are accepted")
    }
    let headerEnd = 8 + Int(announced)
    guard headerEnd <= file.count else {
      throw SafetensorsError(
        "a header of \(announced) bytes is announced; the file has \(file.count - 8) after it")
    }
    let data = UnsafeRawBufferPointer(rebasing: file[headerEnd...])
    var bundle = TensorBundle([:])
    var places: [(name: String, place: Range<Int>)] = []
    for (name, value) in try members(Array(file[8..<headerEnd])) {
      if name == metadataKey {
        bundle.metadata = try metadata(value)
      } else {
        let entry = try Entry(name, value, dataBytes: data.count)
        places.append((name, entry.place))
        bundle.arrays[name] = entry.array(in: data)
      }
    }
    try checkCover(places, dataBytes: data.count)
    return bundle
  }

  private static func members(_ header: [UInt8]) throws(SafetensorsError) -> [(String, JSON)] {
    guard header.first == UInt8(ascii: "{") else {
      throw SafetensorsError("the header does not begin with ‘{’")
    }
    do {
      return try JSON.parse(header, depth: 4).object ?? []
    } catch {
      throw SafetensorsError("the header is not JSON: \(error)")
    }
  }

  private static func metadata(_ value: JSON) throws(SafetensorsError) -> [String: String] {
    var words: [String: String] = [:]
    guard let members = value.object else {
      throw SafetensorsError("‘\(metadataKey)’ is not an object")
    }
    for (key, value) in members {
      guard let text = value.string else {
        throw SafetensorsError("the metadata ‘\(key)’ is not a string")
      }
      words[key] = text
    }
    return words
  }

  private static func checkCover(
    _ places: [(name: String, place: Range<Int>)], dataBytes: Int
  ) throws(SafetensorsError) {
    var end = 0
    for (name, place) in places.sorted(by: {
      ($0.place.lowerBound, $0.place.upperBound) < ($1.place.lowerBound, $1.place.upperBound)
    }) {
      guard place.lowerBound == end else {
        throw SafetensorsError(
          "array ‘\(name)’ begins at byte \(place.lowerBound) where \(end) was expected")
      }
      end = place.upperBound
    }
    guard end == dataBytes else {
      throw SafetensorsError("the arrays end at byte \(end), the file at byte \(dataBytes)")
    }
  }
}

/// One array of the header, checked.
private struct Entry {
  let type: String
  let shape: [Int]
  let place: Range<Int>

  init(_ name: String, _ value: JSON, dataBytes: Int) throws(SafetensorsError) {
    guard let members = value.object, members.count == 3, let type = value["dtype"]?.string,
      let sizes = value["shape"]?.array, let offsets = value["data_offsets"]?.array
    else {
      throw SafetensorsError(
        "array ‘\(name)’ needs exactly a dtype, a shape and data_offsets")
    }
    guard ["F32", "I32", "U8"].contains(type) else {
      throw SafetensorsError("array ‘\(name)’ is of type ‘\(type)’; read are F32, I32 and U8")
    }
    var shape: [Int] = []
    var bytes = type == "U8" ? 1 : 4
    for size in sizes {
      guard let size = size.int, size >= 0 else {
        throw SafetensorsError("array ‘\(name)’ has a size that is not a whole number")
      }
      let (product, overflow) = bytes.multipliedReportingOverflow(by: size)
      guard !overflow else { throw SafetensorsError("array ‘\(name)’ is too large to exist") }
      bytes = product
      shape.append(size)
    }
    guard offsets.count == 2, let start = offsets[0].int, let end = offsets[1].int,
      0 <= start, start <= end, end <= dataBytes
    else {
      throw SafetensorsError(
        "array ‘\(name)’ does not lie within the \(dataBytes) bytes of data")
    }
    guard end - start == bytes else {
      throw SafetensorsError(
        "array ‘\(name)’ of shape \(shape) takes \(bytes) bytes, its place has \(end - start)")
    }
    self.type = type
    self.shape = shape
    self.place = start..<end
  }

  func array(in data: UnsafeRawBufferPointer) -> NumericArray {
    let source = UnsafeRawBufferPointer(rebasing: data[place])
    return switch type {
    case "U8": NumericArray(shape: shape, .uint8(Array(source)))
    case "I32": NumericArray(shape: shape, .int32(copy(source)))
    default: NumericArray(shape: shape, .float32(copy(source)))
    }
  }

  /// One copy, whatever the alignment of the source.
  private func copy<Element: BitwiseCopyable>(_ source: UnsafeRawBufferPointer) -> [Element] {
    let count = source.count / MemoryLayout<Element>.stride
    return [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
      UnsafeMutableRawBufferPointer(buffer).copyMemory(from: source)
      initialized = count
    }
  }
}
