import CMatIO
import Foundation

/// A variable of a MAT file for the readers under test, its elements in MATLAB's order.
struct MATVariable {
  private enum Elements {
    case bytes([UInt8])
    case singles([Float])
    case doubles([Double])
    case complex([Double], [Double])
  }

  private let name: String
  private let shape: [Int]
  private let elements: Elements

  static func bytes(_ name: String, _ shape: [Int], _ elements: [UInt8]) -> MATVariable {
    MATVariable(name: name, shape: shape, elements: .bytes(elements))
  }

  static func singles(_ name: String, _ shape: [Int], _ elements: [Float]) -> MATVariable {
    MATVariable(name: name, shape: shape, elements: .singles(elements))
  }

  static func doubles(_ name: String, _ shape: [Int], _ elements: [Double]) -> MATVariable {
    MATVariable(name: name, shape: shape, elements: .doubles(elements))
  }

  static func complex(
    _ name: String, _ shape: [Int], _ real: [Double], _ imaginary: [Double]
  ) -> MATVariable {
    MATVariable(name: name, shape: shape, elements: .complex(real, imaginary))
  }

  fileprivate func write(to file: OpaquePointer, _ compression: matio_compression) throws {
    let status =
      switch elements {
      case .bytes(var elements): write(&elements, MAT_C_UINT8, MAT_T_UINT8, file, compression)
      case .singles(var elements): write(&elements, MAT_C_SINGLE, MAT_T_SINGLE, file, compression)
      case .doubles(var elements): write(&elements, MAT_C_DOUBLE, MAT_T_DOUBLE, file, compression)
      case .complex(var real, var imaginary):
        real.withUnsafeMutableBytes { real in
          imaginary.withUnsafeMutableBytes { imaginary in
            var parts = mat_complex_split_t(Re: real.baseAddress, Im: imaginary.baseAddress)
            return write(
              &parts, MAT_C_DOUBLE, MAT_T_DOUBLE, file, compression,
              options: Int32(MAT_F_COMPLEX.rawValue))
          }
        }
      }
    guard status == 0 else { throw POSIXError(.EIO) }
  }

  private func write(
    _ data: UnsafeMutableRawPointer, _ type: matio_classes, _ storage: matio_types,
    _ file: OpaquePointer, _ compression: matio_compression, options: Int32 = 0
  ) -> Int32 {
    var sizes = shape
    guard
      let variable = Mat_VarCreate(
        name, type, storage, Int32(shape.count), &sizes, data, options)
    else { return -1 }
    defer { Mat_VarFree(variable) }
    return Mat_VarWrite(file, variable, compression)
  }
}

/// Writes a MAT file of version 5.
func writeMAT(_ variables: [MATVariable], isCompressed: Bool, to path: String) throws {
  guard let file = Mat_CreateVer(path, nil, MAT_FT_MAT5) else { throw POSIXError(.EIO) }
  defer { Mat_Close(file) }
  for variable in variables {
    try variable.write(
      to: file, isCompressed ? MAT_COMPRESSION_ZLIB : MAT_COMPRESSION_NONE)
  }
}
