import Contract
import Foundation

/// The code this very program was built from.
///
/// The sources are read when the program runs, so it must be certain that they are the ones it was
/// built from: they are if all are older than the program, or if their tokens are those noted when
/// that was last so (a comment was edited since). What was noted also shows a file that was taken
/// away, or put back with an old date. Otherwise, and where there are no sources, the
/// program's own bytes stand for the code: any rebuild then makes every stage stale, which is slow
/// but never wrong.
struct BuiltCode: Sendable {
  private let index: CodeIndex?
  private let program: CodeFingerprint
  /// Why the program's own bytes are used, if they are; for a message.
  let fallbackReason: String?

  /// Modules whose code can change a number.
  private static let modules = ["CKernels", "Kernels", "Experiments"]

  /// Reads the sources below `root`, noting in `notes` (a folder) what was found.
  init(root: String, executable: String, notes: String) {
    let sources = Self.sourceFiles(below: "\(root)/Sources")
    guard !sources.isEmpty else {
      self.init(bytesOf: executable, because: "its sources are not here")
      return
    }
    let index = CodeIndex(
      sources.compactMap { name in
        (try? Files.read("\(root)/Sources/\(name)")).map { SourceFile(name: name, bytes: $0) }
      })
    let built = Self.modified(executable)
    let newest = sources.map { Self.modified("\(root)/Sources/\($0)") }.max() ?? 0
    let digest = Array(index.wholeDigest.utf8)
    let note = "\(notes)/\(TaggedEncoder.digest("program", [executable, "\(built)"]))"
    let noted = try? Files.read(note)
    if newest <= built && noted == nil {
      // A note that cannot be written costs one rebuild's worth of trust, no more.
      _ = try? Files.write(digest, to: note)
    } else if noted != digest {
      self.init(bytesOf: executable, because: "its sources were edited since it was built")
      return
    }
    self.init(index: index, program: CodeFingerprint(files: []), fallbackReason: nil)
  }

  private init(bytesOf executable: String, because reason: String) {
    let digest = (try? SHA256.hex(ofFile: executable)) ?? "unreadable"
    self.init(
      index: nil,
      program: CodeFingerprint(files: [.init(name: "(the program itself)", digest: digest)]),
      fallbackReason: reason)
  }

  private init(index: CodeIndex?, program: CodeFingerprint, fallbackReason: String?) {
    self.index = index
    self.program = program
    self.fallbackReason = fallbackReason
  }

  /// The code behind a kind of stage.
  func fingerprint(of kind: any Stage.Type) -> CodeFingerprint {
    index?.fingerprint(ofType: String(describing: kind)) ?? program
  }

  private static func sourceFiles(below folder: String) -> [String] {
    modules.flatMap { module in
      Files.listRecursively("\(folder)/\(module)").map { "\(module)/\($0)" }
    }.filter { name in [".swift", ".c", ".h", ".inc"].contains { name.hasSuffix($0) } }
  }

  /// When a file was last changed, in nanoseconds.
  private static func modified(_ path: String) -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else { return 0 }
    #if os(Linux)
      return status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
    #else
      return status.st_mtimespec.tv_sec * 1_000_000_000 + status.st_mtimespec.tv_nsec
    #endif
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
