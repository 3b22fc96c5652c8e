/// One word of the command line, with what it does and what `--help` teaches about it.
protocol Command: Sendable {
  /// The word.
  static var name: String { get }
  /// One line for the overview.
  static var summary: String { get }
  /// What may follow the word, such as `STAGE…`.
  static var operands: String { get }
  /// What the command does, when one wants it, and an example.
  static var help: String { get }
  /// Options beyond the common ones.
  static var options: [Option] { get }

  /// Does it.
  static func run(_ call: Call) throws -> ExitCode
}

extension Command {
  static var operands: String { "" }
  static var options: [Option] { [] }
}

/// An option of the command line.
struct Option: Sendable {
  /// The name with its dashes.
  let name: String
  /// What its value is called, or nil for a switch.
  let value: String?
  /// What it does.
  let help: String

  init(_ name: String, _ value: String? = nil, _ help: String) {
    self.name = name
    self.value = value
    self.help = help
  }

  /// Options that every command takes.
  static let common: [Option] = [
    Option("--spec", "FILE", "the experiments to run (default: experiments.yaml, here or above)"),
    Option("--profile", "NAME", "which values of the spec to use: demo, standard or paper"),
    Option("--data", "DIR", "where original data files lie; may be given several times"),
    Option("--cache", "DIR", "where answers are kept (default: .cache, or PIPELINE_CACHE)"),
    Option("--output", "DIR", "where results/ and report/ go (default: beside the spec)"),
    Option("--jobs", "N", "stages at once (default: the number of cores)"),
    Option("--threads", "N", "threads shared out among them (default: the number of cores)"),
    Option("--set", "PATH=VALUE", "override one value, such as maxout.options.epochs=5"),
    Option("--seed", "N", "another run seed"),
    Option("--force", nil, "run the named stages even if their answers are known"),
    Option("--dry-run", nil, "say what would be done, and do nothing"),
    Option("--keep-going", nil, "after a failure go on with what does not depend on it"),
    Option("--offline", nil, "never use the network"),
    Option("--json", nil, "write machine-readable output"),
    Option("--quiet", nil, "no progress"),
    Option("--no-color", nil, "no colours (NO_COLOR is obeyed too)"),
    Option("--help", nil, "explain a command"),
  ]
}

/// The words of the command line, in the order in which `help` lists them.
enum CommandList {
  static let all: [any (Command & Sendable).Type] = [
    AllCommand.self, RunCommand.self, StatusCommand.self, PlanCommand.self, WhyCommand.self,
    GraphCommand.self, DiffCommand.self, ReportCommand.self, DataCommand.self,
    ExportCommand.self, VerifyCommand.self, AcceptCommand.self, FsckCommand.self, GcCommand.self,
    BenchCommand.self, SpecCommand.self, KindsCommand.self, HelpCommand.self,
  ]

  static func named(_ name: String) -> (any Command.Type)? { all.first { $0.name == name } }
}
