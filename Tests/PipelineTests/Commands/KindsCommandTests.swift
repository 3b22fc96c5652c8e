import Contract
import Papers
import Testing

@testable import Pipeline

/// What `kinds` says comes from the declarations that decode the spec, so it cannot be out of date.
@Suite struct KindsCommandTests {
  @Test func `everything that can be named is described`() {
    let all = KindDescription.all
    #expect(Set(all.map(\.word)).count == all.count, "two of them share a word")
    for kind in Catalog.kinds { #expect(all.contains { $0.word == kind.kind }) }
    for word in ["fgsm", "pgd", "jsma", "carlini-wagner", "l2"] {
      #expect(all.contains { $0.word == word }, "no piece ‘\(word)’")
    }
    for kind in all { #expect(!kind.summary.isEmpty, "\(kind.word) says nothing of itself") }
  }

  @Test func `the options of a piece are those that it reads`() throws {
    let pgd = try #require(KindDescription.all.first { $0.word == "pgd" })
    #expect(
      pgd.lines == [
        "pgd: projected steepest steps from random starts, the worst of which counts"
          + " (Madry and others 2018)",
        "options:", "  norm: linf, l2, l1, l0", "  epsilon: a number from 0.0 to 1.0",
        "  clip: true or false", "  steps: a whole number from 1 to 100000",
        "  step-size: a number from 0.0 to 10000.0", "  random-start: true or false",
        "  restarts: a whole number from 1 to 1000",
      ])
  }

  /// Each stage of the project's own spec gives what its kind declares, no more and no less.
  @Test func `declared options are those of the spec`() throws {
    let path = "\(SourceTree.root)/experiments.yaml"
    let source = try SourceText(name: path, bytes: Files.read(path))
    let kinds = Dictionary(
      KindDescription.all.map { ($0.word, Set($0.options.map(\.name))) },
      uniquingKeysWith: { first, _ in first })
    for stage in try Spec.load(source, profile: "paper").stages {
      #expect(kinds[stage.kind] == Set(stage.options.keys), "\(stage.name), a \(stage.kind)")
    }
  }
}
