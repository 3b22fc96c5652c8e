/// One condition of a claim: ours beside the published one.
struct Condition: Sendable {
  /// What is compared.
  enum Sort: String, Sendable {
    /// What a stage found when it ran, such as the data set it was given.
    case fact
    /// A stage's kind.
    case kind
    /// The stages in one slot.
    case input
    /// An option.
    case option
    /// An option that no number depends on, so it is shown and is no condition.
    case neutral
    /// That there are published conditions of a stage at all.
    case known
  }

  let sort: Sort
  /// The stage it is about; nil for facts that carry no stage's name, such as `data`.
  let stage: String?
  /// The name of the fact, slot or option, such as `epsilon`.
  let name: String
  /// Ours; nil if unknown.
  let ours: String?
  /// The paper's; nil if unknown.
  let published: String?
  /// Whether both are known and equal.
  let holds: Bool
  /// Where the published value is written.
  var source: Source?

  /// Where a published value is written.
  enum Source: Sendable {
    /// In the spec.
    case spec(Place)
    /// In a file of published numbers.
    case file(String)

    /// `experiments.yaml:123`, or the file's name.
    var text: String {
      switch self {
      case .spec(let place):
        "\(place.file.split(separator: "/").last ?? "the spec"):\(place.mark.line)"
      case .file(let name): name
      }
    }
  }

  /// What differs, such as `section-4: epsilon is 0.3, the paper's is 0.25`; nil if nothing does.
  var difference: String? {
    if holds { return nil }
    let subject = stage.map { "\($0): " } ?? ""
    switch sort {
    case .known: return subject + (ours ?? "the paper's conditions are unknown")
    case .kind:
      return "\(subject)the kind is \(ours ?? "unknown"), the paper's is \(published ?? "unknown")"
    case .fact:
      return "\(subject)\(name) is \(ours.map { "‘\($0)’" } ?? "unknown"), the paper's is "
        + (published.map { "‘\($0)’" } ?? "unknown")
    case .input, .option, .neutral:
      return "\(subject)\(name) is \(ours ?? "not given"), the paper's is \(published ?? "unknown")"
    }
  }
}

extension [Condition] {
  /// What differs in a few words; empty if all conditions hold.
  ///
  /// A claim can miss dozens of conditions, of which the first few tell enough.
  var differences: String {
    let all = compactMap(\.difference)
    let shown = all.prefix(4).joined(separator: "; ")
    return all.count > 4 ? "\(shown); and \(all.count - 4) more (diff --explain)" : shown
  }
}
