/// Takes away what no profile needs any more.
enum GcCommand: Command {
  static let name = "gc"
  static let summary = "take away cached answers that no profile stands for any more"
  static let help = """
    Keeps the last good answer of every stage of every profile and what it is made of; takes away
    older answers, artifacts that nothing names, and drafts of interrupted writes. With --dry-run it
    only says how much there is.
    """

  static func run(_ call: Call) throws -> ExitCode {
    let store = try Project(call).store
    let lock = try store.own()
    defer { withExtendedLifetime(lock) {} }
    let kept = store.latestKeys()
    let (records, _) = store.allRecords()
    let old = records.filter { !kept.contains($0.key) }
    let needed = Set(
      records.filter { kept.contains($0.key) }.flatMap { $0.artifacts.map(\.digest) })
    let objects = Files.listRecursively("\(store.folder)/objects")
      .filter { !needed.contains($0.replacing("/", with: "")) }
    let size = objects.compactMap { Files.size("\(store.folder)/objects/\($0)") }.reduce(0, +)
    let what = "\(old.count) records and \(objects.count) artifacts, \(Style.bytes(size))"
    if call.has("--dry-run") {
      Console.say("would take away \(what)")
      return .good
    }
    _ = store.removeDrafts()
    old.forEach { store.removeRecord($0.key) }
    store.removeCodes(
      except: Set(records.filter { kept.contains($0.key) }.map(\.parts.code.digest)))
    objects.forEach { Files.remove("\(store.folder)/objects/\($0)") }
    Console.say("took away \(what)")
    return .good
  }
}
