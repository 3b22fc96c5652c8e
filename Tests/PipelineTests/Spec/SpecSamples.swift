import Contract

@testable import Pipeline

/// A spec with one of everything, and a way to break it in one place.
enum SpecSamples {
  static let text = """
    version: 2
    seed: 20141220
    default-profile: standard
    profiles: [demo, standard, paper]
    recipes:
      slow: {learning-rate: 0.01}
      long:
        like: slow
        epochs: {demo: 2, default: 60, published: 340}
        schedule:
          - 0.1
    stages:
      digits:
        kind: mnist
        options: {validation: 10000}
      softmax:
        kind: train
        inputs: {data: digits}
        options: {epochs: 20, learning-rate: 0.1}
      maxout:
        kind: train
        replicates: 2
        inputs: {data: digits}
        options:
          epochs: 60
          schedule: [0.1, {after: 10, rate: 0.01}]
      section-4:
        kind: table
        inputs: {data: digits, models: [softmax, maxout]}
        options: {epsilon: 0.25}
    claims:
      a.softmax.error: {stage: section-4, table: attack, where: {model: softmax}, column: error}
    papers: [goodfellow2015]

    """

  /// The page of its paper.
  static let page = """
    # Explaining

    Somebody, 2015

    ## Section 4: a table

    Words.

    {{table section-4/attack}}
    {{show section-4}}

    ## Deviations

    - Fewer epochs — Time
    """

  /// Stage kinds that no stage implements, so that the rules are tested without the catalog.
  static let kinds = [
    KindInfo(name: "mnist", inputs: [], outputs: [.tensors("train"), .tensors("test")]),
    KindInfo(name: "synthetic-digits", inputs: [], outputs: [.tensors("train"), .tensors("test")]),
    KindInfo(
      name: "train", inputs: [InputSlot("data", artifacts: ["train"])],
      outputs: [.tensors("weights"), .plot("curve")]),
    KindInfo(
      name: "table",
      inputs: [
        InputSlot("data", artifacts: ["test"]),
        InputSlot("models", artifacts: ["weights"], takesMany: true),
      ], outputs: [.table("attack", "model", "error"), .images("examples")]),
  ]

  /// The sample with every `(old, new)` replaced; `old` must be there.
  static func text(replacing edits: (String, String)...) -> String {
    edits.reduce(into: text) { text, edit in
      precondition(text.contains(edit.0), "the sample does not contain ‘\(edit.0)’")
      text = text.replacing(edit.0, with: edit.1)
    }
  }

  /// Reads a text as if it were the file.
  static func load(
    _ text: String = text, profile: String? = nil, set: [(path: String, value: String)] = [],
    seed: UInt64? = nil, page: String = page
  ) throws(SpecError) -> Spec {
    try Spec.load(
      SourceText(name: "experiments.yaml", text: text), profile: profile, overrides: set,
      seed: seed,
      pages: {
        $0 == "goodfellow2015"
          ? SourceText(name: "papers/goodfellow2015.md", text: page) : nil
      })
  }
}

/// What a text is read as, or the error it causes, as a person sees it.
func reading(_ text: String) -> String { reading(SourceText(name: "t.yaml", text: text)) }

/// What a source is read as, or the error it causes.
func reading(_ source: SourceText) -> String {
  do throws(SpecError) {
    return compact(try YAMLParser.parse(source))
  } catch {
    return error.description
  }
}

/// The value on one line.
func compact(_ node: Node) -> String {
  node.json().split(separator: "\n").map { $0.trimmingPrefix { $0 == " " } }.joined()
}
