import Contract

/// A list below one of the headings that hold nothing else: each item a thing, a dash, and words on it.
///
/// ```
/// - What is done otherwise — why
/// - goodfellow2015.rbf, goodfellow2015.rubbish.rbf.error_rate — four learning rates
/// ```
struct PageList {
  /// A heading that has such a list.
  enum Heading: String, CaseIterable {
    /// Departures from the paper.
    case deviations = "Deviations"
    /// What was done about numbers that are not reproduced.
    case tried = "Tried"

    /// How an item is written.
    var form: String {
      switch self {
      case .deviations: "- what — why"
      case .tried: "- claim, claim — what was tried"
      }
    }

    /// What an item without a dash is.
    fileprivate var gap: String {
      switch self {
      case .deviations: "the deviation does not say why"
      case .tried: "this does not say what was tried"
      }
    }
  }

  /// One item; a thing's place is that of the line on which the item begins.
  struct Item {
    let thing: String
    let words: String
    let place: Place
  }

  let items: [Item]

  /// Reads the lines of a list.
  init(_ lines: [PageLine], below heading: Heading) throws(SpecError) {
    var texts: [(text: String, place: Place)] = []
    for line in lines {
      if line.text.hasPrefix("- ") {
        texts.append((line.dropping(2), line.place))
      } else if texts.isEmpty {
        throw SpecError(
          line.place, "this is no item of the list", hint: "write ‘\(heading.form)’")
      } else {
        texts[texts.count - 1].text += " " + line.dropping(0)
      }
    }
    var items: [Item] = []
    for (text, place) in texts {
      guard let dash = text.firstRange(of: " — "), dash.upperBound < text.endIndex else {
        throw SpecError(
          place, heading.gap, hint: "write ‘\(heading.form)’, with a dash ‘—’")
      }
      items.append(
        Item(
          thing: String(text[..<dash.lowerBound]), words: String(text[dash.upperBound...]),
          place: place))
    }
    self.items = items
  }
}
