import Foundation
import Testing

@testable import Pipeline

/// Rules of the tree that no compiler checks.
@Suite("The tree") struct TreeTests {
  /// One source file.
  struct Source: CustomTestStringConvertible {
    let name: String
    let text: String
    var testDescription: String { name }

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// Imported modules of a Swift file.
    var imports: [String] {
      lines.filter { $0.contains("import ") && !$0.hasPrefix("//") }
        .compactMap { line in
          let words = line.split(separator: " ")
          return words.firstIndex(of: "import").flatMap { words.dropFirst($0 + 1).first }
            .map(String.init)
        }
    }
  }

  private static let root = SourceTree.root

  private static func sources(in folder: String) throws -> [Source] {
    try Files.listRecursively("\(root)/\(folder)")
      .filter { [".swift", ".c", ".h", ".inc"].contains(where: $0.hasSuffix) }
      .map { name in
        Source(
          name: "\(folder)/\(name)",
          text: String(decoding: try Files.read("\(root)/\(folder)/\(name)"), as: UTF8.self))
      }
  }

  @Test func `every file has at most 400 lines`() throws {
    for folder in ["Sources", "Tests"] {
      let sources = try Self.sources(in: folder)
      #expect(sources.count > 10, "no sources were found below \(Self.root)/\(folder)")
      for source in sources {
        #expect(source.lines.count <= 401, "\(source.name) has \(source.lines.count) lines")
      }
    }
  }

  @Test(arguments: ["try" + "!", "fatal" + "Error(", "as" + "!", "TO" + "DO", "FIX" + "ME"])
  func `no source file says`(word: String) throws {
    for source in try Self.sources(in: "Sources") {
      guard source.text.contains(word) else { continue }
      for (number, line) in source.lines.enumerated() where line.contains(word) {
        Issue.record("\(source.name):\(number + 1): \(line)")
      }
    }
  }

  @Test(arguments: [
    ("Sources/Kernels", ["Foundation", "FoundationEssentials", "Experiments", "Pipeline"]),
    ("Sources/Experiments", ["Pipeline"]),
  ])
  func `modules import only what lies to their right`(folder: String, banned: [String]) throws {
    let sources = try Self.sources(in: folder)
    #expect(sources.contains { $0.imports.contains("CKernels") || $0.imports.contains("Kernels") })
    for source in sources {
      let found = source.imports.filter(banned.contains)
      #expect(found.isEmpty, "\(source.name) imports \(found)")
    }
  }
}
