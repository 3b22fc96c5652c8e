/// Who names whom among the source files, and from it the code behind each stage.
///
/// The rule errs on the side of too much: a file belongs to a stage if the stage's own file, or any
/// file that already belongs, mentions a name the file declares. An extension belongs if its type
/// and one of its members are mentioned. Two kinds of file are left out: the catalog, which names
/// every stage and computes nothing, and whatever nobody names, which is why a new file on its own
/// makes nothing stale. C sources are part of it: see `CNames`.
struct CodeIndex: Sendable {
  private let files: [SourceFile]
  private let declaring: [String: [Int]]
  private let extending: [(file: Int, extension: SourceFile.Extension)]
  private let rootOfType: [String: Int]

  /// Indexes the files of the modules that compute numbers.
  init(_ files: [SourceFile]) {
    let files = files.filter { !$0.name.hasSuffix("Papers/Catalog.swift") }
    self.files = files
    var declaring: [String: [Int]] = [:]
    var roots: [String: Int] = [:]
    for (i, file) in files.enumerated() {
      for name in file.declared {
        declaring[name, default: []].append(i)
        roots[name] = i
      }
    }
    self.declaring = declaring
    rootOfType = roots
    extending = files.enumerated().flatMap { i, file in
      file.extensions.map { (file: i, extension: $0) }
    }
  }

  /// The code behind the stage whose type has that name, or nil if no file declares it.
  func fingerprint(ofType name: String) -> CodeFingerprint? {
    guard let root = rootOfType[name] else { return nil }
    return CodeFingerprint(
      files: closure(from: root).map { .init(name: files[$0].name, digest: files[$0].digest) }
        .sorted { $0.name < $1.name })
  }

  /// One hash over everything there is, to tell whether a program was built from these sources.
  var wholeDigest: String {
    CodeFingerprint(files: files.map { .init(name: $0.name, digest: $0.digest) }).digest
  }

  private func closure(from root: Int) -> Set<Int> {
    var members: Set<Int> = [root]
    var mentioned: Set<String> = []
    var unread = [root]
    var waiting = extending
    while true {
      while let next = unread.popLast() {
        for name in files[next].mentioned where mentioned.insert(name).inserted {
          for file in declaring[name] ?? [] where members.insert(file).inserted {
            unread.append(file)
          }
        }
      }
      // An extension may start to belong once its type or its members have come in.
      waiting.removeAll { candidate in
        guard belongs(candidate.extension, mentioned) else { return false }
        if members.insert(candidate.file).inserted { unread.append(candidate.file) }
        return true
      }
      if unread.isEmpty { return members }
    }
  }

  private func belongs(_ candidate: SourceFile.Extension, _ mentioned: Set<String>) -> Bool {
    candidate.type.allSatisfy(mentioned.contains)
      && (candidate.addsUnnamed || !candidate.members.isDisjoint(with: mentioned)
        || !candidate.protocols.isDisjoint(with: mentioned))
  }
}
