/// The code that computes a stage: the digest of every file its answer can depend on.
struct CodeFingerprint: Hashable, Sendable {
  /// One file's tokens.
  struct File: Hashable, Sendable {
    /// The path below `Sources`.
    let name: String
    /// SHA-256 of its tokens, comments and layout left out.
    let digest: String
  }

  /// The files, sorted by name.
  let files: [File]

  /// One hash over all of them.
  ///
  /// File names do not enter: moving code without changing it changes nothing.
  var digest: String {
    var encoder = TaggedEncoder("code")
    for digest in files.map(\.digest).sorted() { encoder.add("file", digest) }
    return encoder.digest
  }

  /// Names of files that were changed, added or removed since another fingerprint.
  func changedFiles(since old: CodeFingerprint) -> [String] {
    let now = Dictionary(files.map { ($0.name, $0.digest) }, uniquingKeysWith: { a, _ in a })
    let then = Dictionary(old.files.map { ($0.name, $0.digest) }, uniquingKeysWith: { a, _ in a })
    return Set(now.keys).union(then.keys).filter { now[$0] != then[$0] }.sorted()
  }
}
