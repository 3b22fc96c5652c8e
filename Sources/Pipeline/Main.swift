import Foundation
import Kernels

/// The program: splits the command line, calls the command, turns errors into words and exit codes.
@main
enum Main {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    // A child of a run: told everything on its standard input.
    if arguments == ["stage"] { exit(StageProcess.main().rawValue) }
    if arguments == [ForkServer.word] { exit(ForkServer.main().rawValue) }
    do {
      let call = try Call(arguments)
      try checkVectorPath()
      if call.has("--help"), call.command != "help" {
        Console.print(HelpCommand.text(for: call.command))
        exit(0)
      }
      guard let command = CommandList.named(call.command) else { exit(ExitCode.usage.rawValue) }
      exit(try command.run(call).rawValue)
    } catch {
      Console.say(error is SpecError ? "\(error)" : "pipeline: \(error)")
      if error is Store.Damage { Console.say("hint: \(Store.Damage.hint)") }
      exit(ExitCode(of: error).rawValue)
    }
  }

  /// Refuses a `PIPELINE_SIMD` that would be passed over in silence.
  private static func checkVectorPath() throws(UsageError) {
    let name = SIMDPath.environmentName
    guard let word = ProcessInfo.processInfo.environment[name], !word.isEmpty else { return }
    let words = SIMDPath.available.map(\.rawValue)
    guard words.contains(word) else {
      throw UsageError(
        message: "\(name) is ‘\(word)’, which this processor cannot run or nobody knows",
        hint: "here it may be \(words.joined(separator: ", ")); or leave it unset")
    }
  }
}
