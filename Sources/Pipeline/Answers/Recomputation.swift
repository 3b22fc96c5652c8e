import Foundation

/// Stages computed again from nothing, in a folder of their own that is thrown away, and compared
/// with what `results/` holds.
final class Recomputation {
  private let project: Project
  private let scratch: Project
  private let folder: String

  /// An empty cache for a project; `results/` and the project's own cache are only read.
  init(_ project: Project) throws {
    self.project = project
    folder =
      (NSTemporaryDirectory() as NSString).appendingPathComponent("pipeline-verify-\(getpid())")
    try Files.createFolder(folder)
    var scratch = project
    scratch.store = Store(folder: "\(folder)/cache")
    scratch.output = folder
    self.scratch = scratch
  }

  deinit { Files.remove(folder) }

  /// Computes stages and what they need, and finds the first difference of each; other codes than
  /// `good` say why nothing could be compared.
  func findings(
    of chosen: [Int], _ call: Call
  ) throws -> (code: ExitCode, findings: [Verification.Finding]) {
    let wanted = project.graph.closure(of: chosen)
    guard try DataSupply(scratch, call).lacking(for: Set(wanted)).isEmpty else {
      return (.badInput, [])
    }
    let summary = try RunCommand.execute(scratch, wanted, forced: [], call)
    guard summary.exitCode == .good else { return (summary.exitCode, []) }
    _ = try Rendering(scratch, only: Set(wanted)).writeResults()
    let verification = Verification(
      kept: AnswerFolder(project), computed: AnswerFolder(scratch))
    return (.good, try chosen.map { try verification.finding(project.graph.nodes[$0].name) })
  }
}
