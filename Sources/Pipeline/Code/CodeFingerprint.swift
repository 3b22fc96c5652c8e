/// The code that computes a stage: the digest of every file its answer can depend on.
struct CodeFingerprint: Hashable, Sendable {
  /// One file's tokens.
  struct File: Hashable, Sendable {
    /// The path below `Sources`, or `Package.swift`.
    let name: String
    /// SHA-256 of its tokens, comments and layout left out.
    let digest: String
  }

  /// The files, sorted by name; empty where only the digest is at hand.
  let files: [File]
  /// One hash over all of them.
  ///
  /// File names do not enter: moving code without changing it changes nothing.
  let digest: String

  /// The fingerprint of some files.
  init(files: [File]) {
    self.files = files
    var encoder = TaggedEncoder("code")
    for digest in files.map(\.digest).sorted() { encoder.add("file", digest) }
    digest = encoder.digest
  }

  /// A fingerprint that is known by its digest, with its files where they were kept.
  init(digest: String, files: [File] = []) {
    self.digest = digest
    self.files = files
  }

  /// Names of files that were changed, added or removed since another fingerprint; none where either
  /// does not say its files.
  func changedFiles(since old: CodeFingerprint) -> [String] {
    if files.isEmpty || old.files.isEmpty { return [] }
    let now = Dictionary(files.map { ($0.name, $0.digest) }, uniquingKeysWith: { a, _ in a })
    let then = Dictionary(old.files.map { ($0.name, $0.digest) }, uniquingKeysWith: { a, _ in a })
    return Set(now.keys).union(then.keys).filter { now[$0] != then[$0] }.sorted()
  }
}
