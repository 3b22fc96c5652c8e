import Contract

/// One paper of the report, read from its page `papers/NAME.md`.
struct PaperSpec: Sendable {
  /// A heading and what stands below it, in the order of the page.
  struct Section: Sendable {
    let title: String
    let parts: [Part]

    /// The published numbers that stand beside ours here.
    var claims: [ClaimSelection] { parts.flatMap(\.claims) }
    /// The artifacts that are shown.
    var show: [Show] { parts.compactMap(\.show) }
    /// The claims whose numbers of ours the prose draws.
    var values: [Value] { parts.flatMap(\.values) }
  }

  /// One thing in a section.
  enum Part: Sendable {
    /// Paragraphs of Markdown, with places for numbers of ours.
    case text([Words])
    case claims([ClaimSelection])
    case show(Show)

    fileprivate var claims: [ClaimSelection] { if case .claims(let all) = self { all } else { [] } }
    fileprivate var show: Show? { if case .show(let show) = self { show } else { nil } }
    fileprivate var values: [Value] {
      guard case .text(let words) = self else { return [] }
      return words.compactMap { if case .value(let value) = $0 { value } else { nil } }
    }
  }

  /// A stretch of prose, or a number of ours in it.
  enum Words: Sendable {
    case plain(String)
    case value(Value)
  }

  /// A claim whose number of ours is drawn into the prose.
  struct Value: Sendable {
    let claim: String
    let place: Place
  }

  /// Some of the published numbers: a claim's id, or the words that several ids begin with.
  struct ClaimSelection: Sendable {
    let prefix: String
    let place: Place

    /// Whether a claim is meant; words are whole, so `a.b` does not mean `a.bc.d`.
    func contains(_ id: String) -> Bool { id == prefix || id.hasPrefix(prefix + ".") }
  }

  /// What was done about numbers, for the case that they are not reproduced.
  struct Tried: Sendable {
    let claims: [ClaimSelection]
    let words: String
  }

  /// One thing that is shown: an artifact of a stage, or all of them.
  struct Show: Sendable {
    /// What the page calls it.
    enum Form: String, Sendable, CaseIterable {
      case table, figure, show
    }

    let form: Form
    let stage: String
    /// The artifact's name; nil for all.
    let artifact: String?
    let place: Place

    /// The line and column of the reference.
    var mark: Mark { place.mark }
  }

  /// A short name, such as `goodfellow2015`: that of its page, and what its claims begin with.
  let id: String
  let title: String
  let citation: String
  let sections: [Section]
  /// Departures from the paper that no single stage can know about.
  let notes: [Deviation]
  /// What was done about its numbers.
  let tried: [Tried]
  /// Where the spec names it.
  let place: Place

  /// Reads the page that an entry of `papers` names.
  ///
  /// `pages` gives the text of `papers/NAME.md`, or nil if there is none.
  init(_ entry: Node, pages: (String) -> SourceText?) throws(SpecError) {
    guard case .string(let id) = entry.value else {
      throw entry.mismatch(
        "an entry of ‘papers’", wanted: "the name of a page, NAME of papers/NAME.md")
    }
    try ValidName(what: "the paper's name", allowsUnderscores: true).check(id, at: entry.place)
    guard let source = pages(id) else {
      throw SpecError(
        entry.place, "there is no page papers/\(id).md",
        hint: "write one beside the spec: ‘# Title’, the citation, then ‘## Heading’ and words")
    }
    var page = PageReader(source)
    try page.read()
    self.id = id
    self.place = entry.place
    title = page.title
    citation = page.citation
    sections = page.sections
    notes = page.notes
    tried = page.tried
  }
}
