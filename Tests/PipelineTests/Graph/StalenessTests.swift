import Contract
import Testing

@testable import Pipeline

@Suite("Reasons to compute") struct StalenessTests {
  /// One reason, the change that makes it hold, and its words.
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let now: KeyParts
    let sentences: [String]
    var testDescription: String { name }
  }

  private static let old = RecordFixture.record(
    options: ["epochs": .int(3), "list": .list([.double(0.1), .double(0.2)])],
    inputs: [
      .init(slot: "data", stage: "digits", digest: "d1"),
      .init(slot: "models", stage: "maxout", digest: "m1"),
    ],
    code: [.init(name: "A.swift", digest: "c1"), .init(name: "B.swift", digest: "c2")])

  private static func parts(
    kind: String? = nil, options: [String: Setting]? = nil, inputs: [KeyParts.Input]? = nil,
    seed: String? = nil, code: [CodeFingerprint.File]? = nil
  ) -> KeyParts {
    KeyParts(
      kind: kind ?? old.parts.kind, options: options.map(KeyParts.flatten) ?? old.parts.options,
      inputs: inputs ?? old.parts.inputs, seed: seed ?? old.parts.seed,
      code: code.map { CodeFingerprint(files: $0) } ?? old.parts.code)
  }

  private static let list = Setting.list([.double(0.1), .double(0.2)])

  private static let cases = [
    Case(
      name: "kind", now: parts(kind: "train-maxout"),
      sentences: ["its kind was ‘train-softmax’ and is now ‘train-maxout’"]),
    Case(
      name: "an option has another value", now: parts(options: ["epochs": .int(4), "list": list]),
      sentences: ["option epochs was 3 and is now 4"]),
    Case(
      name: "one value of a list",
      now: parts(
        options: ["epochs": .int(3), "list": .list([.double(0.1), .double(0.25)])]),
      sentences: ["option list[1] was 0.2 and is now 0.25"]),
    Case(
      name: "an option more and one less",
      now: parts(options: ["rate": .double(0.5), "list": list]),
      sentences: ["option rate is new: 0.5; option epochs is gone, it was 3"]),
    Case(name: "seed", now: parts(seed: "60"), sentences: ["its seed changed"]),
    Case(
      name: "an input's content",
      now: parts(inputs: [
        .init(slot: "data", stage: "digits", digest: "d1"),
        .init(slot: "models", stage: "maxout", digest: "m2"),
      ]), sentences: ["its input ‘maxout’ changed"]),
    Case(
      name: "an input less",
      now: parts(inputs: [.init(slot: "data", stage: "digits", digest: "d1")]),
      sentences: ["its input ‘maxout’ changed"]),
    Case(
      name: "an input's name",
      now: parts(inputs: [
        .init(slot: "data", stage: "renamed", digest: "d1"),
        .init(slot: "models", stage: "maxout", digest: "m1"),
      ]), sentences: ["its input ‘renamed’ changed"]),
    Case(
      name: "the order of inputs", now: parts(inputs: old.parts.inputs.reversed()),
      sentences: ["its input ‘maxout’, ‘digits’ changed"]),
    Case(
      name: "code",
      now: parts(code: [
        .init(name: "A.swift", digest: "c9"), .init(name: "C.swift", digest: "c2"),
      ]), sentences: ["its code changed: A.swift, B.swift, C.swift"]),
    Case(
      name: "several at once",
      now: parts(kind: "k", seed: "60", code: [.init(name: "A.swift", digest: "c1")]),
      sentences: [
        "its kind was ‘train-softmax’ and is now ‘k’", "its seed changed",
        "its code changed: B.swift",
      ]),
  ]

  @Test(arguments: cases) func `a reason fires`(testCase: Case) {
    let reasons = Staleness.reasons(now: testCase.now, last: Self.old, artifactsAreThere: true)
    #expect(reasons.map(\.sentence) == testCase.sentences)
    #expect(testCase.now.key != Self.old.key, "a reason without another key")
  }

  @Test func `nothing fires when nothing changed`() {
    #expect(
      Staleness.reasons(now: Self.parts(), last: Self.old, artifactsAreThere: true).isEmpty)
  }

  @Test(arguments: [
    parts(options: ["epochs": .double(3), "list": list]),
    parts(code: [.init(name: "Z.swift", digest: "c1"), .init(name: "A.swift", digest: "c2")]),
  ])
  func `what does not change the key is no reason`(now: KeyParts) {
    #expect(now.key == Self.old.key)
    #expect(Staleness.reasons(now: now, last: Self.old, artifactsAreThere: true).isEmpty)
  }

  @Test func `missing artifacts, no run and force have words of their own`() {
    #expect(
      Staleness.reasons(now: Self.parts(), last: Self.old, artifactsAreThere: false)
        .map(\.sentence) == ["what it made is no longer in the cache"])
    #expect(
      Staleness.reasons(now: Self.parts(), last: nil, artifactsAreThere: false).map(\.sentence)
        == ["it has not been computed yet"])
    #expect(Staleness.forced.sentence == "--force was given")
  }
}
