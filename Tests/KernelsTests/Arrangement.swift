@testable import Kernels

/// One way to run the kernels: an instruction set and a number of threads.
struct Arrangement: CustomStringConvertible, Sendable {
  let simd: SIMDPath
  let threads: Int

  var description: String { "\(simd.rawValue), \(threads) threads" }
  var workspace: Workspace { Workspace(threads: threads, simd: simd) }

  /// Every instruction set of this processor at 1, 2 and 3 threads.
  static let all = SIMDPath.available.flatMap { simd in
    [1, 2, 3].map { Arrangement(simd: simd, threads: $0) }
  }
}

/// Numbers that are not round, from −1 to 1, the same for the same name.
func noise(_ count: Int, _ name: String) -> [Float] {
  let seed = Seed(7, stage: name)
  return (0..<count).map { seed.uniform(at: $0) * 2 - 1 }
}

extension [Float] {
  /// The exact bits, so that −0 differs from 0 and not-a-number equals itself.
  var bits: [UInt32] { map(\.bitPattern) }
}
