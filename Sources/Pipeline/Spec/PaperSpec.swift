import Contract

/// One paper of the report: its sections in order, and what to say about all of it.
struct PaperSpec: Sendable {
  /// A heading with some words, and the published numbers and artifacts that are shown below it.
  struct Section: Sendable {
    let title: String
    /// Markdown; empty if there is nothing to say.
    let text: String
    let claims: [ClaimSelection]
    let show: [Show]
  }

  /// Some of the published numbers: a claim's id, or the words that several ids begin with.
  struct ClaimSelection: Sendable {
    let prefix: String
    let place: Place

    /// Whether a claim is meant; words are whole, so `a.b` does not mean `a.bc.d`.
    func contains(_ id: String) -> Bool { id == prefix || id.hasPrefix(prefix + ".") }
  }

  /// One thing that is shown: an artifact of a stage, or all of them.
  struct Show: Sendable {
    let stage: String
    let artifact: String?
    let place: Place

    /// The line and column of the reference.
    var mark: Mark { place.mark }
  }

  /// The keys a paper may have.
  static let keys = KnownKeys(of: "a paper", ["id", "title", "citation", "sections", "notes"])
  /// The keys a section may have.
  static let sectionKeys = KnownKeys(of: "a section", ["title", "text", "claims", "show"])
  /// The keys a note may have.
  static let noteKeys = KnownKeys(of: "a note", ["what", "why"])

  /// A short name, such as `goodfellow2015`.
  let id: String
  let title: String
  let citation: String
  let sections: [Section]
  /// Departures from the paper that no single stage can know about.
  let notes: [Deviation]
  /// Where the id is written.
  let place: Place

  /// Decodes an item of `papers`.
  init(_ node: Node) throws(SpecError) {
    guard case .mapping(let mapping) = node.value else {
      throw node.mismatch("a paper", wanted: "a mapping with id, title, citation and sections")
    }
    try Self.keys.check(mapping)
    let id = try node.required("id", in: "the paper")
    self.id = try id.text("the paper's id")
    self.place = id.place
    try ValidName(what: "the paper's id", allowsUnderscores: true).check(self.id, at: id.place)
    self.title = try node.required("title", in: "the paper").text("the paper's title")
    self.citation = try node.required("citation", in: "the paper").text("the paper's citation")
    var sections: [Section] = []
    for item in try node.required("sections", in: "the paper").items("‘sections’") {
      sections.append(try Section(item))
    }
    self.sections = sections
    var notes: [Deviation] = []
    for item in try mapping["notes"]?.value.items("‘notes’") ?? [] {
      guard case .mapping(let note) = item.value else {
        throw item.mismatch("a note", wanted: "{what: …, why: …}")
      }
      try Self.noteKeys.check(note)
      let what = try item.required("what", in: "the note").text("‘what’")
      notes.append(Deviation(what, because: try item.required("why", in: "the note").text("‘why’")))
    }
    self.notes = notes
  }
}

extension PaperSpec.Section {
  fileprivate init(_ node: Node) throws(SpecError) {
    guard case .mapping(let mapping) = node.value else {
      throw node.mismatch("a section", wanted: "{title: …, text: …, show: […]}")
    }
    try PaperSpec.sectionKeys.check(mapping)
    title = try node.required("title", in: "the section").text("the section's title")
    text = try mapping["text"]?.value.text("the section's text") ?? ""
    var claims: [PaperSpec.ClaimSelection] = []
    for item in try mapping["claims"]?.value.items("‘claims’") ?? [] {
      let prefix = try item.text("an entry of ‘claims’")
      claims.append(PaperSpec.ClaimSelection(prefix: prefix, place: item.place))
    }
    self.claims = claims
    var show: [PaperSpec.Show] = []
    for item in try mapping["show"]?.value.items("‘show’") ?? [] {
      show.append(try PaperSpec.Show(item))
    }
    self.show = show
  }
}

extension PaperSpec.Show {
  fileprivate init(_ node: Node) throws(SpecError) {
    let path = try node.text("an entry of ‘show’")
    let slash = path.firstIndex(of: "/") ?? path.endIndex
    let artifact = slash == path.endIndex ? nil : String(path[path.index(after: slash)...])
    if let artifact {
      try ValidName(what: "the artifact").check(artifact, at: node.place)
    }
    self.stage = String(path[..<slash])
    self.artifact = artifact
    self.place = node.place
  }
}
