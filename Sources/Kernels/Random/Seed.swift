/// PLACEHOLDER until the kernels land.
public struct Seed: Hashable, Sendable {
  /// The key.
  public let key: UInt64
  /// A seed of a stage.
  public init(_ runSeed: UInt64, stage: String) { key = runSeed }
}
