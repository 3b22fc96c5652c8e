/// Checks every stored byte.
enum FsckCommand: Command {
  static let name = "fsck"
  static let summary = "check every stored artifact against its digest"
  static let help = """
    Reads the whole cache, checks every artifact against its SHA-256 and every record for being
    whole. What is damaged is named and taken away, so that the next run makes it again.
    """

  static func run(_ call: Call) throws -> ExitCode {
    let store = try Project(call).store
    let lock = try store.own()
    defer { withExtendedLifetime(lock) {} }
    let drafts = store.removeDrafts()
    if drafts > 0 { Console.say("\(drafts) unfinished files of killed runs, taken away") }
    var damaged = 0
    let objects = Files.listRecursively("\(store.folder)/objects")
    for path in objects {
      let digest = path.replacing("/", with: "")
      if (try? store.get(digest)) == nil {
        Console.say("damaged: object \(digest.prefix(12)), taken away")
        Files.remove("\(store.folder)/objects/\(path)")
        damaged += 1
      }
    }
    damaged += store.removeDamagedCodes()
    let (records, bad) = store.allRecords()
    for name in bad {
      Console.say("damaged: record \(name), taken away")
      Files.remove("\(store.folder)/records/\(name)")
      damaged += 1
    }
    for record in records where store.record(record.key) == nil {
      Console.say("incomplete: \(record.stage) (\(record.key.prefix(12))), its record taken away")
      store.removeRecord(record.key)
      damaged += 1
    }
    Console.say("\(objects.count) artifacts and \(records.count) records read, \(damaged) damaged")
    return .good
  }
}
