import CKernels

/// The C loops of convolution and pooling for one instruction set.
///
/// Unchecked because of the pointer alone: it points at a constant of the program that nobody
/// writes and that lives as long as the process.
struct ConvolutionTable: @unchecked Sendable {
  private let table: UnsafePointer<ck_convolution_kernels>

  init(_ path: SIMDPath) {
    guard let table = ck_convolution_for(path.code) else {
      preconditionFailure("this processor has no \(path.rawValue)")
    }
    self.table = table
  }

  var pointee: ck_convolution_kernels {
    @inline(__always) unsafeAddress { table }
  }
}

/// Floats of which each worker has a part of its own.
struct WorkerFloats: Sendable {
  private let memory: Storage
  private let each: Int

  init(_ floats: Int, in workspace: Workspace) {
    each = (floats + 15) / 16 * 16
    memory = Storage(bytes: each * workspace.threads * MemoryLayout<Float>.stride, in: workspace)
  }

  /// The part of a worker, good while this value lives.
  func of(_ worker: Int) -> UnsafeMutablePointer<Float> { memory.floats + worker * each }
}
