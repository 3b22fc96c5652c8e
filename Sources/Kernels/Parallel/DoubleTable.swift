import CKernels

/// The C loops in double precision for one instruction set.
///
/// Unchecked because of the pointer alone: it points at a constant of the program that nobody
/// writes and that lives as long as the process.
struct DoubleTable: @unchecked Sendable {
  private let table: UnsafePointer<ck_double_kernels>

  init(_ path: SIMDPath) {
    guard let table = ck_doubles_for(path.code) else {
      preconditionFailure("this processor has no \(path.rawValue)")
    }
    self.table = table
  }

  var pointee: ck_double_kernels {
    @inline(__always) unsafeAddress { table }
  }
}
