/// Shows what was read from a spec.
enum SpecCommand: Command {
  static let name = "spec"
  static let summary = "check the spec, or print as JSON what was read from a file"
  static let help = """
    Without options it checks the spec in the chosen profile and says what it holds. With
    --dump-json it prints a file as our reader understands it, whatever the file is about.

      pipeline spec
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
