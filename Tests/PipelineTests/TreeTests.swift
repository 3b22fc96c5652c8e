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

  @Test func `every file has at most 300 lines`() throws {
    for folder in ["Sources", "Tests"] {
      let sources = try Self.sources(in: folder)
      #expect(sources.count > 10, "no sources were found below \(Self.root)/\(folder)")
      for source in sources {
        #expect(source.lines.count <= 301, "\(source.name) has \(source.lines.count) lines")
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

  @Test func `no folder holds more than 25 files side by side`() throws {
    for folder in ["Sources", "Tests"] {
      let names = Files.listRecursively("\(Self.root)/\(folder)")
      let folders = Dictionary(grouping: names) { Files.parent(of: $0) }
      for (name, files) in folders where files.count > 25 {
        Issue.record("\(folder)/\(name) holds \(files.count) files: has it two subjects?")
      }
    }
  }

  /// The rooms of the corridor, left to right: a room imports only rooms to its right.
  private static let corridor: [(room: String, folder: String)] = [
    ("Pipeline", "Sources/Pipeline"), ("Papers", "Sources/Experiments/Papers"),
    ("Benchmarks", "Sources/Experiments/Benchmarks"), ("Stages", "Sources/Experiments/Stages"),
    ("Training", "Sources/Experiments/Training"), ("Measures", "Sources/Experiments/Measures"),
    ("Attacks", "Sources/Experiments/Attacks"), ("Models", "Sources/Experiments/Models"),
    ("Datasets", "Sources/Experiments/Datasets"), ("Contract", "Sources/Experiments/Contract"),
    ("Kernels", "Sources/Kernels"), ("CKernels", "Sources/CKernels"),
  ]

  @Test(arguments: 0..<corridor.count)
  func `a room imports only what lies to its right`(position: Int) throws {
    let place = Self.corridor[position]
    let papers = Files.list("\(Self.root)/Sources/Experiments/Papers")
    let left = Set(Self.corridor[..<position].map(\.room))
    let sources = try Self.sources(in: place.folder)
    #expect(!sources.isEmpty, "\(place.folder) holds no source")
    for source in sources {
      // A paper's folder sees no other paper; the catalogue beside the folders names them all.
      let isPaper = place.room == "Papers" && !source.name.hasSuffix("Papers/Catalog.swift")
      let own = source.name.split(separator: "/").dropFirst(3).first.map(String.init)
      let banned = left.union(
        place.room == "Pipeline" || !isPaper && place.room == "Papers" ? [] : papers
      )
      .subtracting([own ?? ""])
      let found = source.imports.filter(banned.contains)
      #expect(found.isEmpty, "\(source.name) imports \(found)")
    }
  }

  @Test func `every room is a target of its own`() throws {
    let manifest = String(decoding: try Files.read("\(Self.root)/Package.swift"), as: UTF8.self)
    for folder in Files.list("\(Self.root)/Sources/Experiments") {
      #expect(manifest.contains("\"\(folder)\""), "Package.swift names no target \(folder)")
      #expect(
        Self.corridor.contains { $0.room == folder }, "\(folder) has no place in the corridor")
    }
  }

  @Test func `the kernels know no Foundation`() throws {
    for source in try Self.sources(in: "Sources/Kernels") {
      let found = source.imports.filter(["Foundation", "FoundationEssentials"].contains)
      #expect(found.isEmpty, "\(source.name) imports \(found)")
    }
  }
}
