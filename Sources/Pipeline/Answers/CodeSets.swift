import Foundation

/// Which files of code stood behind the answers of a profile: `results/<profile>/code.json`.
///
/// Most stages share most files, so every file is named once and each set names them by number.
struct CodeSets: Codable, Hashable, Sendable {
  /// The file's name in the profile's folder.
  static let fileName = "code.json"

  /// `digest name` of every file of code, sorted by name.
  private(set) var files: [String]
  /// By the digest of a fingerprint: which files it has, such as `0-12 15`.
  private(set) var sets: [String: String]

  /// The sets of some fingerprints.
  init(_ fingerprints: [CodeFingerprint]) {
    let lines = Set(fingerprints.flatMap(\.files)).sorted {
      ($0.name, $0.digest) < ($1.name, $1.digest)
    }
    let place = Dictionary(
      lines.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    files = lines.map { "\($0.digest) \($0.name)" }
    sets = [:]
    for print in fingerprints where sets[print.digest] == nil {
      sets[print.digest] = IndexRanges.text(print.files.compactMap { place[$0] }.sorted())
    }
  }

  /// The files behind a digest; nil if it is not there or its ranges point nowhere.
  func fingerprint(_ digest: String) -> CodeFingerprint? {
    guard let ranges = sets[digest], let lines = IndexRanges.elements(ranges, of: files) else {
      return nil
    }
    var listed: [CodeFingerprint.File] = []
    for line in lines {
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { return nil }
      listed.append(.init(name: parts[1], digest: parts[0]))
    }
    return CodeFingerprint(files: listed)
  }
}
