/// Who names whom among the source files, and from it the code behind each stage.
///
/// The rule errs on the side of too much: a file belongs to a stage if the stage's own file, or any
/// file that already belongs, mentions a name the file declares. An extension belongs if its type
/// and one of its members are mentioned. Two kinds of file are left out: catalogues, which name
/// what there is and compute nothing, and whatever nobody names, which is why a new file on its own
/// makes nothing stale. The pieces that a stage's options name are looked up by themselves, and so are
/// the layers of the networks that it reads (see `NodeCodes`). C sources are part of it: see `CNames`.
///
/// Two things belong to every stage: the flags of `Package.swift` (see `BuildFlags`), which decide what
/// a compiler makes of the same source, and what turns artifacts into bytes and back (see
/// `ArtifactCoding`).
struct CodeIndex: Sendable {
  /// The files that turn artifacts into bytes and back.
  static let codec: Set = [
    "Pipeline/Cache/ArtifactCoding.swift", "Pipeline/Output/Safetensors.swift",
    "Pipeline/Output/SafetensorsReader.swift", "Pipeline/Output/JSON.swift",
    "Pipeline/Output/JSONParser.swift",
  ]
  /// The file with the compilers' flags.
  static let manifest = "Package.swift"

  /// Whether a file is a catalogue: it names what there is and computes nothing.
  ///
  /// The closure does not pass it, or every stage would stand on every attack.
  private static func isDoor(_ name: String) -> Bool {
    name.hasSuffix("Papers/Catalog.swift") || name.hasSuffix("Catalogue.swift")
  }

  private let files: [SourceFile]
  private let everywhere: [CodeFingerprint.File]
  private let declaring: [String: [Int]]
  private let extending: [(file: Int, extension: SourceFile.Extension)]
  private let rootOfType: [String: Int]

  /// Indexes the files of the modules that compute numbers; those of `Pipeline` and the manifest count
  /// as far as they belong to every stage.
  init(_ files: [SourceFile]) {
    let everywhere = files.filter { Self.codec.contains($0.name) || $0.name == Self.manifest }
    self.init(
      program: files.filter {
        !$0.name.hasPrefix("Pipeline/") && $0.name != Self.manifest
          && !Self.isDoor($0.name)
      },
      everywhere: everywhere.map { .init(name: $0.name, digest: $0.digest) })
  }

  private init(program files: [SourceFile], everywhere: [CodeFingerprint.File] = []) {
    self.files = files
    self.everywhere = everywhere
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
      files: (closure(from: root).map(entry) + everywhere).sorted { $0.name < $1.name })
  }

  private func entry(_ file: Int) -> CodeFingerprint.File {
    CodeFingerprint.File(name: files[file].name, digest: files[file].digest)
  }

  /// One hash over everything there is, to tell whether a program was built from these sources.
  var wholeDigest: String { CodeFingerprint(files: files.indices.map(entry) + everywhere).digest }

  /// The names of all files that count.
  var names: [String] { (files.indices.map(entry) + everywhere).map(\.name) }

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
