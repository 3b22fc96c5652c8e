import Contract
import Foundation
import Papers

/// The code this very program was built from.
///
/// The sources are read when the program runs, so it must be certain that they are the ones it was
/// built from: they are if all are older than the program, or if their tokens are those noted when
/// that was last so (a comment was edited since). What was noted also shows a file that was taken
/// away, or put back with an old date. Otherwise, and where there are no sources, the
/// program's own bytes stand for the code: any rebuild then makes every stage stale, which is slow
/// but never wrong.
///
/// What was found is noted under the stamps of the program and of every source, so that the next call
/// reads none of them unless one was touched.
struct BuiltCode: Sendable {
  private let note: CodeNote?
  private let program: CodeFingerprint
  /// Why the program's own bytes are used, if they are; for a message.
  let fallbackReason: String?

  /// Folders whose code can change a number; of `Pipeline` only the codec can.
  private static let folders = ["CKernels", "Kernels", "Experiments"]

  /// Reads the sources below `root`, noting in `notes` (a folder) what was found.
  ///
  /// - Parameter now: nanoseconds since 1970.
  init(root: String, executable: String, notes: String, now: Int = FileStamps.now) {
    let names = Self.sourceFiles(below: "\(root)/Sources")
    guard !names.isEmpty else {
      self.init(bytesOf: executable, because: "its sources are not here")
      return
    }
    let sources =
      (names + CodeIndex.codec.sorted()).map { "Sources/\($0)" } + [CodeIndex.manifest]
    let stamps = FileStamps(sources, in: root)
    let built = FileStamps([executable])
    let known = "\(notes)/\(TaggedEncoder.digest("code", [root, stamps.digest, built.digest]))"
    if let note = (try? Files.read(known)).flatMap(CodeNote.init) {
      self.init(note: note, program: CodeFingerprint(files: []), fallbackReason: nil)
      return
    }
    let index = CodeIndex(
      sources.compactMap { path in
        (try? Files.read("\(root)/\(path)")).map {
          SourceFile(name: path.replacing("Sources/", with: "", maxReplacements: 1), bytes: $0)
        }
      })
    guard Self.isBuilt(from: index, stamps, executable, built, notes: notes) else {
      self.init(bytesOf: executable, because: "its sources were edited since it was built")
      return
    }
    let note = CodeNote(index, types: Self.types, layers: Self.layers)
    // A note that cannot be written costs the time to read the sources again, no more.
    if stamps.isSettled(at: now) { _ = try? Files.write(note.bytes, to: known) }
    self.init(note: note, program: CodeFingerprint(files: []), fallbackReason: nil)
  }

  /// The code in an index, whatever the program was built from.
  init(_ index: CodeIndex) {
    self.init(
      note: CodeNote(index, types: Self.types, layers: Self.layers),
      program: CodeFingerprint(files: []), fallbackReason: nil)
  }

  private init(bytesOf executable: String, because reason: String) {
    let digest = (try? SHA256.hex(ofFile: executable)) ?? "unreadable"
    self.init(
      note: nil,
      program: CodeFingerprint(files: [.init(name: "(the program itself)", digest: digest)]),
      fallbackReason: reason)
  }

  private init(note: CodeNote?, program: CodeFingerprint, fallbackReason: String?) {
    self.note = note
    self.program = program
    self.fallbackReason = fallbackReason
  }

  /// All types that have a fingerprint of their own, but for the layers.
  private static var types: [String] { names(Catalog.kinds + Catalog.pieces) }

  private static let layers = names(Catalog.layers)

  private static func names(_ types: [Any.Type]) -> [String] {
    types.map { String(describing: $0) }
  }

  /// The code behind a kind of stage whose options name these pieces and whose inputs are networks of
  /// these layers.
  func fingerprint(
    of kind: any Stage.Type, naming pieces: [any Piece.Type] = [], layers: Set<String> = []
  ) -> CodeFingerprint {
    note?.fingerprint(
      ofType: String(describing: kind), with: Self.names(pieces) + layers.sorted()) ?? program
  }

  /// The layers that a kind of stage with these pieces can build networks of, by the names of their
  /// types: those whose code is behind it.
  func layers(of kind: any Stage.Type, naming pieces: [any Piece.Type] = []) -> Set<String> {
    Set(Self.names([kind] + pieces).flatMap { note?.layers(behind: $0) ?? [] })
  }

  /// Whether a program was built from these sources; noted where all are older than the program.
  private static func isBuilt(
    from index: CodeIndex, _ stamps: FileStamps, _ executable: String, _ built: FileStamps,
    notes: String
  ) -> Bool {
    let date = built.lastModified([executable])
    let newest = stamps.lastModified(
      index.names.map { $0 == CodeIndex.manifest ? $0 : "Sources/\($0)" })
    let digest = Array(index.wholeDigest.utf8)
    let note = "\(notes)/\(TaggedEncoder.digest("program", [executable, "\(date)"]))"
    let noted = try? Files.read(note)
    if newest <= date && noted == nil {
      // A note that cannot be written costs one rebuild's worth of trust, no more.
      _ = try? Files.write(digest, to: note)
      return true
    }
    return noted == digest
  }

  private static func sourceFiles(below folder: String) -> [String] {
    folders.flatMap { name in Files.listRecursively("\(folder)/\(name)").map { "\(name)/\($0)" } }
      .filter { name in [".swift", ".c", ".h", ".inc"].contains { name.hasSuffix($0) } }
  }
}

extension TaggedEncoder {
  /// The hash of a few texts of one kind.
  static func digest(_ tag: String, _ texts: [String]) -> String {
    var encoder = TaggedEncoder(tag)
    for text in texts { encoder.add("text", text) }
    return encoder.digest
  }
}
