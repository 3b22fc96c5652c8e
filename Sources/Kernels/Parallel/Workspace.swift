/// PLACEHOLDER until the kernels land.
public final class Workspace: Sendable {
  /// The number of threads.
  public let threads: Int
  /// A workspace.
  public init(threads: Int) { self.threads = threads }
}
