import Kernels

/// One way to compute: an instruction set and a number of threads.
///
/// No number may depend on it.
struct Arrangement: CustomStringConvertible, Sendable {
  let simd: SIMDPath
  let threads: Int

  var description: String { "\(simd.rawValue), \(threads) threads" }
  var workspace: Workspace { Workspace(threads: threads, simd: simd) }

  /// Every instruction set of this processor at each of these numbers of threads.
  static func all(threads: [Int]) -> [Arrangement] {
    SIMDPath.available.flatMap { simd in threads.map { Arrangement(simd: simd, threads: $0) } }
  }
}

extension [Float] {
  /// The exact bits, so that −0 differs from 0 and not-a-number equals itself.
  var bits: [UInt32] { map(\.bitPattern) }
}
