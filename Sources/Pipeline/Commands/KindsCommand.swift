import Contract

/// Lists what the spec can name: kinds of stage, and the pieces that their options take.
enum KindsCommand: Command {
  static let name = "kinds"
  static let summary =
    "what the spec can name: kinds of stage, attacks, norms, criteria, with their options"
  static let operands = "[NAME]"
  static let help = """
    Without a name, one line for each kind of stage and each piece. With the name of one, its inputs
    and its options in the order in which it reads them, each with what is accepted. Everything comes
    from the declarations that decode the spec.

      pipeline kinds
      pipeline kinds craft
      pipeline kinds pgd
    """

  static func run(_ call: Call) throws -> ExitCode {
    let all = KindDescription.all
    // A stage may be called after the attack that it makes.
    let wanted = try call.operands.flatMap { name throws(UsageError) in
      let named = all.filter { $0.word == name }
      guard !named.isEmpty else {
        throw UsageError(
          message: "there is no kind of stage and no piece ‘\(name)’",
          hint: Call.suggestion(name, all.map(\.word), "pipeline kinds lists them"))
      }
      return named
    }
    if call.has("--json") {
      Console.print(JSON.array((wanted.isEmpty ? all : wanted).map(\.json)).text(pretty: true))
    } else if wanted.isEmpty {
      list(all)
    } else {
      wanted.forEach { $0.lines.forEach(Console.print) }
    }
    return .good
  }

  private static func list(_ all: [KindDescription]) {
    let width = (all.map(\.word.count).max() ?? 0) + 2
    for family in all.map(\.family).uniqued() {
      Console.print("\(family):")
      for kind in all where kind.family == family {
        let gap = String(repeating: " ", count: width - kind.word.count)
        Console.print("  \(kind.word)\(gap)\(kind.summary)")
      }
    }
  }
}
