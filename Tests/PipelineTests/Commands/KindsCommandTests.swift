import Contract
import Papers
import Testing

@testable import Pipeline

/// What `kinds` says comes from the declarations that decode the spec, so it cannot be out of date.
@Suite struct KindsCommandTests {
  @Test func `everything that can be named is described`() {
    let all = KindDescription.all
    for (family, members) in Dictionary(grouping: all, by: \.family) {
      #expect(Set(members.map(\.word)).count == members.count, "two \(family) share a word")
    }
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
        "options:", "  norm: linf, l2, l1, l0",
        "  epsilon: a number from 0.0 to 1.0; where norm is linf",
        "  clip: true or false; where norm is linf, l1, l2",
        "  steps: a whole number from 1 to 100000",
        "  step-size: a number from 0.0 to 10000.0", "  random-start: true or false",
        "  restarts: a whole number from 1 to 1000",
        "  pixels: a whole number from 0 to 1000000; where norm is l0",
        "  epsilon: a number from 0.0 to 10000.0; where norm is l1",
        "  epsilon: a number from 0.0 to 1000.0; where norm is l2",
      ])
  }

  @Test func `an option that stands on another says on which`() throws {
    let vae = try #require(KindDescription.all.first { $0.word == "train-vae" })
    let conditions = Dictionary(
      vae.options.map { ($0.name, $0.condition) }, uniquingKeysWith: { first, _ in first })
    #expect(conditions["hidden"] == "network is dense")
    #expect(conditions["kernel-side"] == "network is convolutional")
    #expect(conditions["latent"] == .some(nil))
  }

  /// Each stage of the project's own spec gives what its kind always asks for, and no more than it may.
  @Test func `declared options are those of the spec`() throws {
    let path = "\(SourceTree.root)/experiments.yaml"
    let source = try SourceText(name: path, bytes: Files.read(path))
    let kinds = Dictionary(
      KindDescription.all.map { ($0.word, $0.options) }, uniquingKeysWith: { first, _ in first })
    let ids = try PublishedClaims.load(folder: "\(SourceTree.root)/published").map(\.id)
    for stage in try Spec.load(source, profile: "paper", claims: ids).stages {
      let options = try #require(kinds[stage.kind])
      let (given, all) = (Set(stage.options.keys), Set(options.map(\.name)))
      let always = Set(options.filter { $0.condition == nil }.map(\.name))
      #expect(given.isSubset(of: all) && always.isSubset(of: given), "\(stage.name): \(given)")
    }
  }
}
