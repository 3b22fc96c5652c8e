/// Where a run happens: the commit and the processor, for `runs.csv`.
struct RunOrigin: Hashable, Sendable {
  /// The commit that is checked out; nil if there is none.
  let commit: String?
  /// The processor and its cores.
  let machine: String?

  /// Nobody asked.
  static let unknown = RunOrigin(commit: nil, machine: nil)

  /// This machine, and what is checked out in a folder.
  static func here(_ folder: String) -> RunOrigin {
    RunOrigin(
      commit: EnvironmentFacts.commit(in: folder), machine: EnvironmentFacts.processor)
  }
}
