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
      sets[print.digest] = Self.ranges(print.files.compactMap { place[$0] }.sorted())
    }
  }

  /// The files behind a digest; nil if it is not there or its ranges point nowhere.
  func fingerprint(_ digest: String) -> CodeFingerprint? {
    guard let ranges = sets[digest] else { return nil }
    var listed: [CodeFingerprint.File] = []
    for range in ranges.split(separator: " ") {
      let ends = range.split(separator: "-").compactMap { Int($0) }
      guard let first = ends.first, let last = ends.last, first <= last,
        files.indices.contains(first), files.indices.contains(last)
      else { return nil }
      for line in files[first...last] {
        let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        listed.append(.init(name: parts[1], digest: parts[0]))
      }
    }
    return CodeFingerprint(files: listed)
  }

  /// `0-2 5` of 0, 1, 2, 5.
  private static func ranges(_ numbers: [Int]) -> String {
    var ranges: [(first: Int, last: Int)] = []
    for number in numbers {
      if let last = ranges.last, last.last + 1 == number {
        ranges[ranges.count - 1].last = number
      } else {
        ranges.append((number, number))
      }
    }
    return ranges.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)-\($0.last)" }
      .joined(separator: " ")
  }
}
