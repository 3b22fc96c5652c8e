import Contract
import Testing

@testable import Pipeline

@Suite("Stage keys") struct StageKeyTests {
  private static func parts(
    kind: String = "k", options: [String: Setting] = ["a": .int(1)],
    inputs: [KeyParts.Input] = [.init(slot: "data", stage: "digits", digest: "d1")],
    seed: String = "5", code: [CodeFingerprint.File] = [.init(name: "A.swift", digest: "c1")]
  ) -> KeyParts {
    KeyParts(
      kind: kind, options: KeyParts.flatten(options), inputs: inputs, seed: seed,
      code: CodeFingerprint(files: code))
  }

  @Test func `each part changes the key`() {
    let keys = [
      Self.parts(), Self.parts(kind: "k2"), Self.parts(options: ["a": .int(2)]),
      Self.parts(options: ["b": .int(1)]), Self.parts(options: ["a": .string("1")]),
      Self.parts(options: [:]), Self.parts(seed: "6"), Self.parts(inputs: []),
      Self.parts(inputs: [.init(slot: "data", stage: "digits", digest: "d2")]),
      Self.parts(inputs: [.init(slot: "other", stage: "digits", digest: "d1")]),
      Self.parts(code: [.init(name: "A.swift", digest: "c2")]), Self.parts(code: []),
    ].map(\.key)
    #expect(Set(keys).count == keys.count)
    #expect(keys.allSatisfy { $0.count == 64 })
  }

  @Test func `names and order of inputs matter, names of files do not`() {
    let one = KeyParts.Input(slot: "models", stage: "a", digest: "d1")
    let two = KeyParts.Input(slot: "models", stage: "b", digest: "d2")
    #expect(
      Self.parts(inputs: [one]).key
        != Self.parts(inputs: [.init(slot: "models", stage: "z", digest: "d1")]).key)
    #expect(Self.parts(inputs: [one, two]).key != Self.parts(inputs: [two, one]).key)
    #expect(Self.parts(code: [.init(name: "B.swift", digest: "c1")]).key == Self.parts().key)
  }

  @Test func `the key of a known stage is pinned`() {
    // A change here makes every answer of every user stale.
    #expect(
      Self.parts().key == "9f2cf2d5d800d089fb18622b7958e8ab336902087869c6d8188559c1fb735c40")
  }

  @Test(arguments: [
    (Setting.int(1), Setting.double(1), true), (.int(0), .double(-0.0), true),
    (.double(0.1), .double(0.1), true), (.int(1), .string("1"), false),
    (.bool(true), .string("true"), false), (.null, .string("null"), false),
    (.list([]), .map([:]), false), (.list([.int(1)]), .int(1), false),
    (.list([.int(1), .int(2)]), .list([.int(2), .int(1)]), false),
    (.double(0.1), .double(0.1.nextUp), false), (.string("[]"), .list([]), false),
    (.map(["a": .int(1), "b": .int(2)]), .map(["b": .int(2), "a": .int(1)]), true),
  ])
  func `values that mean the same are the same`(one: Setting, other: Setting, same: Bool) {
    #expect((KeyParts.flatten(["x": one]) == KeyParts.flatten(["x": other])) == same)
  }

  @Test func `paths say where an option stands, and cannot be forged`() {
    let flat = KeyParts.flatten(["b": .list([.int(1), .map(["c": .bool(true)])]), "a-b": .null])
    #expect(flat.map(\.path) == ["a-b", "b[0]", "b[1].c"])
    #expect(flat.map(\.value) == ["null", "1", "true"])
    #expect(
      KeyParts.flatten(["a.b": .int(1)]) != KeyParts.flatten(["a": .map(["b": .int(1)])]))
    #expect(KeyParts.flatten(["a[0]": .int(1)]) != KeyParts.flatten(["a": .list([.int(1)])]))
  }

  @Test func `fields cannot be shifted into each other`() {
    var random = SplitMix(state: 3)
    var seen: [String: [String]] = [:]
    for _ in 0..<2000 {
      let fields = (0..<Int.random(in: 0...4, using: &random)).map { _ in
        String(repeating: "a", count: Int.random(in: 0...3, using: &random))
      }
      var encoder = TaggedEncoder("t")
      for i in stride(from: 0, to: fields.count - 1, by: 2) {
        encoder.add(fields[i], fields[i + 1])
      }
      let used = Array(fields.prefix(fields.count / 2 * 2))
      let digest = encoder.digest
      #expect(seen[digest] == nil || seen[digest] == used)
      seen[digest] = used
    }
    #expect(Set(seen.values).count == seen.count)
  }
}
