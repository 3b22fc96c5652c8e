import CMatIO

/// Arrays out of a MAT file of version 5, MATLAB's own format, read by libmatio.
struct MATFile: ~Copyable {
  /// An array in MATLAB's order: the first axis is the fastest.
  struct Contents<Element> {
    let shape: [Int]
    let elements: [Element]
  }

  let path: String
  private let file: OpaquePointer

  /// Opens a file that holds all that its header says.
  init(_ path: String) throws(DataFileError) {
    try MATLayout.check(path)
    guard let file = Mat_Open(path, Int32(MAT_ACC_RDONLY.rawValue)) else {
      throw DataFileError(
        file: path, problem: "is a damaged MAT file", found: "a header that cannot be read",
        expected: "a MAT file of version 5")
    }
    self.path = path
    self.file = file
  }

  deinit { Mat_Close(file) }

  /// An array of bytes, refused if it has more than `limit` elements.
  func bytes(_ name: String, limit: Int) throws(DataFileError) -> Contents<UInt8> {
    try read(name, limit: limit, expected: "bytes (uint8)") { variable in
      variable.class_type == MAT_C_UINT8
        ? { Self.elements(of: $0, as: UInt8.self, count: $1) } : nil
    }
  }

  /// An array of bytes or doubles as doubles, refused if it has more than `limit` elements.
  func numbers(_ name: String, limit: Int) throws(DataFileError) -> Contents<Double> {
    try read(name, limit: limit, expected: "bytes (uint8) or doubles") { variable in
      switch variable.class_type {
      case MAT_C_UINT8:
        { Self.elements(of: $0, as: UInt8.self, count: $1)?.map(Double.init) }
      case MAT_C_DOUBLE:
        { Self.elements(of: $0, as: Double.self, count: $1) }
      default: nil
      }
    }
  }

  /// Takes the elements out of a variable that was read; nil if it does not hold so many.
  private typealias Taking<Element> = (_ variable: matvar_t, _ count: Int) -> [Element]?

  /// Looks a variable up, and reads it if `taking` knows a way for its type.
  private func read<Element>(
    _ name: String, limit: Int, expected: String, taking: (matvar_t) -> Taking<Element>?
  ) throws(DataFileError) -> Contents<Element> {
    guard let variable = Mat_VarReadInfo(file, name) else {
      throw DataFileError(
        file: path, problem: "does not hold what it should", found: "no variable ‘\(name)’",
        expected: "a variable ‘\(name)’ of \(expected)")
    }
    defer { Mat_VarFree(variable) }
    guard let take = taking(variable.pointee), variable.pointee.isComplex == 0 else {
      throw DataFileError(
        file: path, problem: "holds ‘\(name)’ of the wrong type",
        found: Self.typeName(variable.pointee), expected: expected)
    }
    let shape = (0..<Int(variable.pointee.rank)).map { Int(variable.pointee.dims[$0]) }
    let count = shape.reduce(1 as Int?) { product, size in
      product.map { $0.multipliedReportingOverflow(by: size) }
        .flatMap { $0.overflow ? nil : $0.partialValue }
    }
    guard let count, count <= limit else {
      throw DataFileError(
        file: path, problem: "holds too large a variable ‘\(name)’", found: "shape \(shape)",
        expected: "at most \(limit) elements")
    }
    guard Mat_VarReadDataAll(file, variable) == 0, let elements = take(variable.pointee, count)
    else {
      throw DataFileError(
        file: path, problem: "is a damaged MAT file",
        found: "no readable content of ‘\(name)’", expected: "\(count) elements")
    }
    return Contents(shape: shape, elements: elements)
  }

  private static func elements<Element: BitwiseCopyable>(
    of variable: matvar_t, as type: Element.Type, count: Int
  ) -> [Element]? {
    guard let data = variable.data, variable.nbytes == count * MemoryLayout<Element>.stride else {
      return nil
    }
    let start = data.assumingMemoryBound(to: Element.self)
    return Array(UnsafeBufferPointer(start: start, count: count))
  }

  private static func typeName(_ variable: matvar_t) -> String {
    let names = [
      "nothing", "cells", "a structure", "an object", "text", "a sparse matrix", "doubles",
      "singles", "8-bit integers", "bytes", "16-bit integers", "16-bit unsigned integers",
      "32-bit integers", "32-bit unsigned integers", "64-bit integers",
      "64-bit unsigned integers",
    ]
    let number = Int(variable.class_type.rawValue)
    let name = number < names.count ? names[number] : "class \(number)"
    return variable.isComplex == 0 ? name : "complex \(name)"
  }
}
