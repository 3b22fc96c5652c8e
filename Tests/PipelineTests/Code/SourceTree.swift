import Foundation

@testable import Pipeline

/// The project's own sources, as the tests find them.
enum SourceTree {
  /// The folder of `Package.swift`.
  static let root: String = {
    var path = #filePath as NSString
    for _ in 0..<4 { path = path.deletingLastPathComponent as NSString }
    return path as String
  }()

  /// The files that the code of stages is found in, by their path below `Sources`, and the manifest.
  static func files() throws -> [String: String] {
    let manifest = try Files.read("\(root)/\(CodeIndex.manifest)")
    var files = [CodeIndex.manifest: String(decoding: manifest, as: UTF8.self)]
    for module in ["CKernels", "Kernels", "Experiments", "Pipeline"] {
      for name in Files.listRecursively("\(root)/Sources/\(module)") {
        let bytes = try Files.read("\(root)/Sources/\(module)/\(name)")
        files["\(module)/\(name)"] = String(decoding: bytes, as: UTF8.self)
      }
    }
    return files
  }

  /// The index of files given by name and text.
  static func index(_ files: [String: String]) -> CodeIndex {
    CodeIndex(
      files.sorted { $0.key < $1.key }
        .map { SourceFile(name: $0.key, bytes: Array($0.value.utf8)) })
  }
}
