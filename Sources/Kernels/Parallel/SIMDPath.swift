import CKernels

/// The instruction set that the inner loops use; all of them give the same bits.
public enum SIMDPath: String, CaseIterable, Sendable {
  /// x86-64 with 512-bit vectors.
  case avx512
  /// x86-64 with 256-bit vectors and fused multiply-add.
  case avx2
  /// Whatever the compiler makes of plain vectors.
  case generic

  /// The environment variable that names a path.
  public static let environmentName = "PIPELINE_SIMD"

  /// Whether this processor can run it.
  public var isSupported: Bool { ck_kernels_for(code) != nil }

  /// The paths of this processor, fastest first.
  public static var available: [SIMDPath] { allCases.filter(\.isSupported) }

  /// The path that the environment names, if it is one of this processor, and else its fastest.
  static func chosen(by word: String?) -> SIMDPath {
    if let word, let path = SIMDPath(rawValue: word), path.isSupported { return path }
    return available.first ?? .generic
  }

  var code: ck_path {
    switch self {
    case .avx512: CK_AVX512
    case .avx2: CK_AVX2
    case .generic: CK_GENERIC
    }
  }
}
