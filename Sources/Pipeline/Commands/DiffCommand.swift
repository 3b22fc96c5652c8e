/// Compares our numbers with the published ones.
enum DiffCommand: Command {
  static let name = "diff"
  static let summary = "our numbers beside the published ones, with intervals and verdicts"
  static let operands = "[CLAIM…]"
  static let help = """
    Prints each claim with its published value and place, our value with its number of cases,
    Wilson 95 % interval and (over seeds) mean ± sample standard deviation, the effective
    tolerance, and the verdict. Of a matrix it prints how many points the cells are off in the
    mean, and ρ, Spearman's rank correlation with the paper's cells. What is in the cache or else in
    results/ is compared; nothing is computed. A verdict on an answer that other code, options or
    inputs than today's gave is marked †, and the last lines say which commit made it. A claim may be named in full or by a part of its name.
    On a narrow terminal the columns that do not fit are left out; --json and --markdown have
    everything.

    A claim is compared only under the paper's conditions: every option of its stage, and of all that
    was made from, is the one that the profile paper or ‘published’ states, and so is what the stages
    found when they ran. --explain prints each condition, ours beside the published one.

      pipeline diff
      pipeline diff goodfellow2015.maxout --json
      pipeline diff --explain goodfellow2015.softmax.fgsm_0.25.error_rate

    Exit code 0: every comparable claim holds; 2: one does not; 3: nothing could be compared.
    """
  static let options = [
    Option("--markdown", nil, "write a Markdown table"),
    Option("--explain", nil, "print each claim with all its conditions"),
  ]

  static func run(_ call: Call) throws -> ExitCode {
    let project = try Project(call)
    var results = try Rendering(project).claims()
    if !call.operands.isEmpty {
      for name in call.operands where !results.contains(where: { $0.claim.id.contains(name) }) {
        throw UsageError(
          message: "no claim is named ‘\(name)’",
          hint: Call.suggestion(
            name, results.map(\.claim.id), "pipeline diff lists the claims"))
      }
      results = results.filter { result in
        call.operands.contains { result.claim.id.contains($0) }
      }
    }
    let diff = DiffReport(results)
    if call.has("--explain") {
      if call.has("--markdown") {
        throw UsageError(
          message: "--explain writes no Markdown", hint: "leave out --markdown, or add --json")
      }
      let explanation = DiffExplanation(results)
      Console.print(
        call.has("--json") ? explanation.json().text(pretty: true) : explanation.text())
    } else if call.has("--json") {
      Console.print(diff.json().text(pretty: true))
    } else if call.has("--markdown") {
      Console.print(diff.markdown())
    } else {
      Console.print(diff.text(color: call.outputStyle.color, width: Style.outputWidth))
    }
    return ExitCode(rawValue: Int32(diff.exitCode)) ?? .internalError
  }
}
