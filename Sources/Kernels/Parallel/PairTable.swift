import CKernels

/// The C loops of the pair search for one instruction set.
///
/// Unchecked because of the pointer alone: it points at a constant of the program that nobody
/// writes and that lives as long as the process.
struct PairTable: @unchecked Sendable {
  private let table: UnsafePointer<ck_pair_kernels>

  init(_ path: SIMDPath) {
    guard let table = ck_pairs_for(path.code) else {
      preconditionFailure("this processor has no \(path.rawValue)")
    }
    self.table = table
  }

  var pointee: ck_pair_kernels {
    @inline(__always) unsafeAddress { table }
  }
}
