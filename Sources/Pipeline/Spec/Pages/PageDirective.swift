/// `{{table stage/artifact}}` and its like: a word and what it is about.
struct PageDirective {
  /// The words there are, and what each takes.
  private static let forms = [
    "claims": "{{claims PREFIX}}, the first words of some claims’ ids",
    "table": "{{table STAGE/ARTIFACT}}", "figure": "{{figure STAGE/ARTIFACT}}",
    "show": "{{show STAGE}}, for all that it made", "value": "{{value CLAIM}}, our number",
  ]

  let part: PaperSpec.Part
  let place: Place

  /// The directive that is a line of its own; nil if the line is prose.
  init?(_ line: PageLine) throws(SpecError) {
    let text = line.text
    guard text.hasPrefix("{{"), text.hasSuffix("}}"),
      text.firstRange(of: "}}")?.upperBound == text.endIndex
    else { return nil }
    let (word, argument, place) = try Self.read(text, from: text.startIndex, in: line)
    self.place = line.place
    switch word {
    case "value": return nil
    case "claims": part = .claims([.init(prefix: argument, place: place)])
    default: part = .show(try Self.show(word, argument, at: place))
    }
  }

  /// The prose of a paragraph: wrapped lines are joined, those of lists and tables are not.
  static func words(_ lines: [PageLine]) throws(SpecError) -> [PaperSpec.Words] {
    var words: [PaperSpec.Words] = []
    for (index, line) in lines.enumerated() {
      if index > 0 {
        let isBlock = ["-", "*", "|", ">", "`"].contains { line.dropping(0).hasPrefix($0) }
        words.append(.plain(isBlock ? "\n" : " "))
      }
      let text = index > 0 ? line.text : line.dropping(0)
      var rest = text[...]
      while let open = rest.firstRange(of: "{{") {
        words.append(.plain(String(rest[..<open.lowerBound])))
        let (word, argument, place) = try read(text, from: open.lowerBound, in: line)
        guard word == "value" else {
          throw SpecError(
            place, "‘{{\(word) …}}’ stands inside a paragraph",
            hint: "put it on a line of its own; {{value CLAIM}} may stand in prose")
        }
        words.append(.value(.init(claim: argument, place: place)))
        let end = text[open.upperBound...].firstRange(of: "}}")?.upperBound ?? text.endIndex
        rest = text[end...]
      }
      words.append(.plain(String(rest)))
    }
    return words
  }

  /// The word, what follows it and where that stands.
  private static func read(
    _ text: String, from start: String.Index, in line: PageLine
  ) throws(SpecError) -> (word: String, argument: String, place: Place) {
    guard let close = text[start...].firstRange(of: "}}") else {
      throw SpecError(
        line.part(from: start, to: text.index(start, offsetBy: 2)),
        "these braces are never closed", hint: "write {{directive what}} in one line")
    }
    let inside = text[text.index(start, offsetBy: 2)..<close.lowerBound]
    let pieces = inside.split(separator: " ")
    guard let word = pieces.first, let form = forms[String(word)] else {
      let name = pieces.first.map(String.init) ?? ""
      throw SpecError(
        pieces.first.map { line.part(from: $0.startIndex, to: $0.endIndex) }
          ?? line.part(from: start, to: close.upperBound),
        "unknown directive \(quoted(name))",
        hint: suggestion(for: name, among: forms.keys.sorted(), otherwise: "there are"))
    }
    guard pieces.count == 2 else {
      let stray = pieces.dropFirst(2).first ?? word
      throw SpecError(
        line.part(from: stray.startIndex, to: stray.endIndex),
        pieces.count < 2
          ? "‘\(word)’ does not say of what" : "‘\(word)’ takes one thing, not \(pieces.count - 1)",
        hint: "write \(form)")
    }
    return (
      String(word), String(pieces[1]), line.part(from: pieces[1].startIndex, to: pieces[1].endIndex)
    )
  }

  private static func show(
    _ word: String, _ path: String, at place: Place
  ) throws(SpecError) -> PaperSpec.Show {
    let sides = path.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let artifact = sides.count == 2 ? String(sides[1]) : nil
    let form = PaperSpec.Show.Form(rawValue: word) ?? .show
    guard (artifact == nil) == (form == .show) else {
      throw SpecError(
        place,
        "\(quoted(path)) is \(artifact == nil ? "a stage, and no artifact" : "one artifact")",
        hint:
          "write \(artifact == nil ? "{{\(word) \(path)/ARTIFACT}}" : "{{table …}} or {{figure …}}")"
      )
    }
    if let artifact { try ValidName(what: "the artifact").check(artifact, at: place) }
    return PaperSpec.Show(form: form, stage: String(sides[0]), artifact: artifact, place: place)
  }
}

extension PageLine {
  /// A part of the line.
  fileprivate func part(from start: String.Index, to end: String.Index) -> Place {
    place.part(text, from: start, to: end)
  }
}
