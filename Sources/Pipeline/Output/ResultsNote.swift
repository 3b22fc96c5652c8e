import Contract

/// A note in the cache that `results/<profile>/` is complete, so that a run with nothing to do does not
/// read and write it all to find the same bytes.
///
/// It holds as long as the same program finds the same answers and no file was touched since, neither in
/// `results/` nor among what it was made from; what was edited, replaced or taken away is seen as ever.
struct ResultsNote {
  /// `results/<profile>`.
  let folder: String
  private let path: String
  private let source: String
  private let names: [String]
  private let store: String
  private let objects: [String]

  /// About the results that some entries give.
  init(_ project: Project, _ entries: [FreshArtifacts.Entry]) {
    folder = AnswerFolder(project).path
    path = "\(project.store.folder)/written/\(TaggedEncoder.digest("results", [folder]))"
    var encoder = TaggedEncoder("results")
    encoder.add("program", FileStamps([Project.executable]).digest)
    var names = ["index.csv", CodeSets.fileName, RunLog.fileName]
    var objects: [String] = []
    for entry in entries {
      let (record, effort) = (entry.record, entry.record.effort)
      encoder.add(entry.name, record.key)
      for artifact in record.artifacts { encoder.add(artifact.name, artifact.digest) }
      for (name, value) in record.conditions.sorted(by: { $0.key < $1.key }) {
        encoder.add(name, value)
      }
      for deviation in record.deviations { encoder.add(deviation.what, deviation.why) }
      encoder.add("standing", entry.standing.word)
      encoder.add(
        "effort",
        "\(effort.seconds) \(effort.peakMemory) \(effort.threads) \(effort.finished)"
          + " \(effort.commit ?? "") \(effort.machine ?? "") \(record.acceptedFrom ?? "")")
      if case .cached = entry.standing {
        objects += record.artifacts.filter { $0.form != .tensors }
          .map { Store.place(of: $0.digest) }
      }
      names += Self.files(of: record).map { "\(entry.name)/\($0)" }
    }
    source = encoder.digest
    self.names = names
    store = project.store.folder
    self.objects = objects.uniqued()
  }

  /// How many files there are.
  var files: Int { names.count }

  /// Whether all files are those that were written last from the same answers.
  var holds: Bool { (try? Files.read(path)) == note(stamps) }

  /// Notes that the files have just been brought up to date, unless one was written so lately that
  /// another change could go unseen.
  func keep() {
    let stamps = stamps
    let bytes = note(stamps)
    guard stamps.allSatisfy({ $0.isSettled(at: FileStamps.now) }),
      (try? Files.read(path)) != bytes
    else { return }
    // A note that cannot be written costs the time to write the results again, no more.
    _ = try? Files.write(bytes, to: path, durable: false)
  }

  private var stamps: [FileStamps] {
    [FileStamps(names, in: folder), FileStamps(objects, in: store)]
  }

  private func note(_ stamps: [FileStamps]) -> [UInt8] {
    Array(TaggedEncoder.digest("note", [source] + stamps.map(\.digest)).utf8)
  }

  /// The files that a stage leaves, by the form of what it made.
  private static func files(of record: Record) -> [String] {
    let endings = record.artifacts.flatMap { artifact in
      let endings: [String] =
        switch artifact.form {
        case .tensors: []
        case .table: ["csv"]
        case .images: ["png"]
        case .plot, .plane, .heatMap: ["csv", "gp", "png"]
        }
      return endings.map { "\(artifact.name).\($0)" }
    }
    return endings + [Answer.fileName]
  }
}

extension Standing {
  /// Which of the cases it is, and for what is not today's why.
  fileprivate var word: String {
    switch self {
    case .cached: "cached"
    case .recorded: "recorded"
    case .stale(_, _, let reasons): reasons.map(\.sentence).joined(separator: "; ")
    case .absent: "absent"
    }
  }
}
