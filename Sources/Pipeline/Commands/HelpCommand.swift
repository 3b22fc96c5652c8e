/// Explains the program or one command.
enum HelpCommand: Command {
  static let name = "help"
  static let summary = "explain the program or one command"
  static let operands = "[COMMAND]"
  static let help = "Prints the overview, or with a command's name what that command does."

  static func run(_ call: Call) throws -> ExitCode {
    guard let topic = call.operands.first else {
      Console.print(overview)
      return .good
    }
    guard CommandList.named(topic) != nil else {
      throw UsageError(
        message: "there is no command ‘\(topic)’",
        hint: Call.suggestion(
          topic, CommandList.all.map { $0.name }, "pipeline help lists the commands"))
    }
    Console.print(text(for: topic))
    return .good
  }

  /// What `--help` prints for a command.
  static func text(for name: String) -> String {
    guard let command = CommandList.named(name) else { return overview }
    let usage = [
      "usage: pipeline", command.name, command.operands, "[options]",
    ].filter { !$0.isEmpty }.joined(separator: " ")
    var text = "\(usage)\n\n\(command.help)\n"
    if !command.options.isEmpty { text += "\nOptions of its own\n\(list(command.options))\n" }
    return text + "\nCommon options\n\(list(Option.common))"
  }

  private static var overview: String {
    let width = (CommandList.all.map { $0.name.count }.max() ?? 0) + 2
    let commands = CommandList.all.map {
      "  \($0.name)\(String(repeating: " ", count: width - $0.name.count))\($0.summary)"
    }
    return """
      Reproduces the tables and figures of the founding papers on adversarial examples.

      usage: pipeline COMMAND [options]        (or: swift run pipeline COMMAND [options])

      Start here
        pipeline all                    run everything, write results/ and report/
        pipeline diff                   our numbers beside the published ones
        pipeline run section-4 --force  run one stage again, and what it needs
        pipeline why section-4          say why a stage would run

      Commands
      \(commands.joined(separator: "\n"))

      Common options
      \(list(Option.common))

      Exit codes: 0 good, 1 a stage failed, 2 diff: outside tolerance, 3 diff: nothing to compare,
      64 usage, 65 bad spec or data, 70 our bug, 74 input/output, 75 try again, 130 interrupted.
      """
  }

  private static func list(_ options: [Option]) -> String {
    let names = options.map { [$0.name, $0.value].compactMap { $0 }.joined(separator: " ") }
    let width = (names.map(\.count).max() ?? 0) + 2
    return zip(names, options).map { name, option in
      "  \(name)\(String(repeating: " ", count: width - name.count))\(option.help)"
    }.joined(separator: "\n")
  }
}
