import Foundation

/// What the scripts of `Tests/Oracles` wrote.
enum OracleFile {
  /// Reads a file of that folder.
  static func read<Content: Decodable>(
    _ name: String, as type: Content.Type = Content.self
  ) throws -> Content {
    let tests = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try JSONDecoder().decode(
      type, from: Data(contentsOf: tests.appending(path: "Oracles").appending(path: name)))
  }
}
