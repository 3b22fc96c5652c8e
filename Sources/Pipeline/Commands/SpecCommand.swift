/// Shows what was read from a spec.
enum SpecCommand: Command {
  static let name = "spec"
  static let summary = "check the spec, or write out what it comes to"
  static let help = """
    Without options it checks the spec and the papers' pages in the chosen profile and says what
    they hold. With --json it writes the spec out in full: every stage with the options that its
    recipes, its profile and --set give it, and every claim with the cell that its pattern gives it.
    With --dump-json it prints a file as our reader understands it, whatever the file is about.

      pipeline spec
      pipeline spec --json --profile paper
      pipeline spec --dump-json experiments.yaml
    """
  static let options = [Option("--dump-json", "FILE", "print what was read from a file")]

  static func run(_ call: Call) throws -> ExitCode {
    if let path = call.value("--dump-json") {
      let source = try SourceText(name: path, bytes: Files.read(path))
      Console.print(try YAMLParser.parse(source).json())
      return .good
    }
    let project = try Project(call)
    if call.has("--json") {
      Console.print(project.spec.json.text(pretty: true))
      return .good
    }
    Console.say(
      "the spec is good: profile \(project.spec.profile), \(project.graph.nodes.count) stages,"
        + " \(project.spec.claims.count) claims; profiles: "
        + project.spec.profileNames.joined(separator: ", "))
    return .good
  }
}
