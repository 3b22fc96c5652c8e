import Contract

/// Reads a paper's page: Markdown with directives in double braces.
///
/// ```
/// # Explaining and Harnessing Adversarial Examples
///
/// I. Goodfellow, J. Shlens, C. Szegedy, 2014.
///
/// ## Section 4: the fast gradient sign method
///
/// Softmax regression errs on {{value goodfellow2015.softmax.fgsm_0.25.error_rate}}.
///
/// {{claims goodfellow2015.softmax}}
/// {{table section-4/attack}}
/// {{figure section-4/examples}}
///
/// ## Deviations
///
/// - What is done otherwise — why
///
/// ## Tried
///
/// - goodfellow2015.softmax — other lengths of training
/// ```
struct PageReader {
  private(set) var title = ""
  private(set) var citation = ""
  private(set) var sections: [PaperSpec.Section] = []
  private(set) var notes: [Deviation] = []
  private(set) var tried: [PaperSpec.Tried] = []

  private let source: SourceText
  private var heading: (title: String, place: Place)?
  private var parts: [PaperSpec.Part] = []
  /// The lines of the paragraph being read.
  private var lines: [PageLine] = []

  init(_ source: SourceText) { self.source = source }

  /// Reads the whole page.
  mutating func read() throws(SpecError) {
    try source.checkText()
    for number in 1...source.lineCount {
      let line = PageLine(source, number)
      if line.text.hasPrefix("# ") {
        try endSection()
        guard title.isEmpty else {
          throw SpecError(
            line.place, "the page has a second title", hint: "write ‘## ’ for a section")
        }
        title = line.dropping(2)
      } else if line.text.hasPrefix("## ") {
        try endSection()
        heading = (line.dropping(3), line.place)
      } else if line.text.isEmpty {
        try endParagraph()
      } else if let directive = try PageDirective(line) {
        try endParagraph()
        try add(directive)
      } else {
        lines.append(line)
      }
      try checkTitle(line)
    }
    try endSection()
    let start = Place(source: source, offset: 0, length: 0)
    guard !title.isEmpty else {
      throw SpecError(start, "the page has no title", hint: "begin it with ‘# Title’")
    }
    guard !citation.isEmpty else {
      throw SpecError(
        start, "the page has no citation", hint: "write authors and year below the title")
    }
  }

  private func checkTitle(_ line: PageLine) throws(SpecError) {
    guard title.isEmpty, !line.text.isEmpty else { return }
    throw SpecError(line.place, "the page has no title", hint: "begin it with ‘# Title’")
  }

  private mutating func add(_ directive: PageDirective) throws(SpecError) {
    guard let heading else {
      throw SpecError(directive.place, "nothing can be shown before the first ‘## Heading’")
    }
    if let list = PageList.Heading(rawValue: heading.title) {
      throw SpecError(
        directive.place, "below ‘\(heading.title)’ stands nothing but a list",
        hint: "write ‘\(list.form)’")
    }
    parts.append(directive.part)
  }

  /// Above the first section stands the citation; below `Deviations` and `Tried` a list.
  private mutating func endParagraph() throws(SpecError) {
    guard let first = lines.first else { return }
    defer { lines = [] }
    guard let heading else {
      guard citation.isEmpty else {
        throw SpecError(
          first.place, "a second paragraph before the first ‘## Heading’",
          hint: "above it stands the citation alone")
      }
      citation = lines.map { $0.dropping(0) }.joined(separator: " ")
      return
    }
    if let list = PageList.Heading(rawValue: heading.title) { return try add(lines, below: list) }
    let words = try PageDirective.words(lines)
    if case .text(let before)? = parts.last {
      parts[parts.count - 1] = .text(before + [.plain("\n\n")] + words)
    } else {
      parts.append(.text(words))
    }
  }

  private mutating func add(_ lines: [PageLine], below heading: PageList.Heading)
    throws(SpecError)
  {
    for item in try PageList(lines, below: heading).items {
      switch heading {
      case .deviations: notes.append(Deviation(item.thing, because: item.words))
      case .tried:
        let claims = item.thing.split(separator: ",").map { id in
          PaperSpec.ClaimSelection(
            prefix: id.filter { $0 != " " }, place: item.place)
        }
        tried.append(PaperSpec.Tried(claims: claims, words: item.words))
      }
    }
  }

  private mutating func endSection() throws(SpecError) {
    try endParagraph()
    if let heading, PageList.Heading(rawValue: heading.title) == nil {
      sections.append(PaperSpec.Section(title: heading.title, parts: parts))
    }
    parts = []
  }
}

/// One line of a page.
struct PageLine {
  /// The line without blanks at its end.
  let text: String
  let place: Place

  init(_ source: SourceText, _ number: Int) {
    let range = source.lineRange(number)
    var bytes = source.bytes[range]
    while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
    text = String(decoding: bytes, as: UTF8.self)
    place = Place(source: source, offset: range.lowerBound, length: bytes.count)
  }

  /// What follows so many characters and further blanks.
  func dropping(_ count: Int) -> String {
    String(text.dropFirst(count).drop { $0 == " " })
  }
}
