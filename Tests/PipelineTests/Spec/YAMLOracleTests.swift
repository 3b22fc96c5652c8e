import Foundation
import Testing

@testable import Pipeline

/// Agreement with an independent parser, on documents made by `Tests/Oracles/yaml_agreement.py`.
@Suite struct YAMLOracleTests {
  private static let folder = ProcessInfo.processInfo.environment["YAML_ORACLE_DIR"]

  @Test(.enabled(if: folder != nil, "YAML_ORACLE_DIR is not set"))
  func agreesWhereverItAccepts() throws {
    let folder = URL(fileURLWithPath: try #require(Self.folder))
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") }.sorted()
    #expect(!files.isEmpty)
    var (agreed, refused, bothRefused) = (0, 0, 0)
    for file in files {
      let url = folder.appendingPathComponent(file)
      let text = try Data(contentsOf: url)
      let expected = try String(
        contentsOf: url.deletingPathExtension().appendingPathExtension("expected"), encoding: .utf8)
      let otherRefuses = expected.hasPrefix("error: ")
      do throws(SpecError) {
        let ours = try YAMLParser.parse(SourceText(name: file, bytes: Array(text)))
        #expect(!otherRefuses, "\(file) is read as \(ours.json()), but \(expected)")
        if otherRefuses { continue }
        let theirs = try YAMLParser.parse(SourceText(name: file, text: expected))
        #expect(ours.json() == theirs.json(), "\(file)")
        agreed += 1
      } catch {
        #expect(!file.hasPrefix("accept-"), "\(file) should be read, but\n\(error)")
        if otherRefuses { bothRefused += 1 } else { refused += 1 }
      }
    }
    print("\(agreed) agreed, \(refused) refused by us alone, \(bothRefused) refused by both")
  }
}
