import Contract

/// Writes what a stage made in formats that Python reads.
enum ExportCommand: Command {
  static let name = "export"
  static let summary = "write weights as safetensors, arrays as .npy, tables as CSV"
  static let operands = "STAGE…"
  static let help = """
    Weights become one .safetensors file in PyTorch's layout and names, with the architecture in
    its metadata; other arrays (images, labels, predictions) become one .npy file each; tables
    become CSV and pictures PNG. Nothing is computed: arrays must be in the cache, and for tables and
    pictures the answer in results/ is enough. If that is not today's, it says so.

      pipeline export maxout --to weights
      pipeline export section-4 --to predictions

      >>> safetensors.torch.load_file("weights/maxout/weights.safetensors")
      >>> numpy.load("predictions/section-4/adversarial/maxout.adversarial.npy")
    """
  static let options = [Option("--to", "DIR", "the folder to write into")]

  static func run(_ call: Call) throws -> ExitCode {
    guard !call.operands.isEmpty, let folder = call.value("--to") else {
      throw UsageError(
        message: "‘export’ needs a stage and a folder", hint: "pipeline export STAGE --to DIR")
    }
    let project = try Project(call)
    let known = try Standings(project)
    for i in try project.nodes(named: call.operands) {
      let name = project.graph.nodes[i].name
      switch known.standings[i] {
      case .absent:
        throw UsageError(
          message: "‘\(name)’ has no answer, neither in the cache nor in results/",
          hint: "pipeline run \(name)\(project.spec.profileOption)")
      case .cached(let record):
        for entry in record.artifacts {
          let artifact = try Artifact(stored: try project.store.get(entry.digest))
          for path in try write(artifact, to: "\(folder)/\(name)/\(entry.name)") {
            Console.print(path)
          }
        }
      case .recorded(_, let answer): try copy(answer, project, to: "\(folder)/\(name)")
      case .stale(_, let answer, _):
        Console.say("\(name): \(known.standings[i].madeBy ?? ""), which is not today's")
        try copy(answer, project, to: "\(folder)/\(name)")
      }
    }
    return .good
  }

  /// Writes what `results/` holds of an answer; without a single file of it there is nothing to write.
  private static func copy(_ answer: Answer, _ project: Project, to folder: String) throws {
    let results = AnswerFolder(project)
    let hint = "pipeline run \(answer.stage)\(project.spec.profileOption)"
    guard answer.artifacts.contains(where: { $0.form != .tensors }) else {
      throw UsageError(message: "what ‘\(answer.stage)’ made is not in the cache", hint: hint)
    }
    for artifact in answer.artifacts {
      if artifact.form == .tensors {
        Console.say(
          "\(answer.stage): \(artifact.name) is left out, it is not in the cache; \(hint)")
      }
      for file in artifact.files where artifact.form == .images || !file.name.hasSuffix(".png") {
        let bytes = try results.bytes(of: file, stage: answer.stage)
        try Files.write(bytes, to: "\(folder)/\(file.name)")
        Console.print("\(folder)/\(file.name)")
      }
    }
  }

  private static func write(_ artifact: Artifact, to path: String) throws -> [String] {
    var files: [(path: String, bytes: [UInt8])] = []
    switch artifact {
    case .tensors(let bundle) where bundle.metadata["architecture"] != nil:
      files = [("\(path).safetensors", Safetensors.encode(bundle))]
    case .tensors(let bundle):
      files = bundle.arrays.sorted { $0.key < $1.key }.map {
        ("\(path)/\($0.key).npy", Npy.encode($0.value))
      }
    case .table(let table): files = [("\(path).csv", Array(table.csv.utf8))]
    case .images(let grid): files = [("\(path).png", try PNGWriter.encode(grid.raster))]
    case .plot, .heatMap, .plane:
      guard
        let script = Drawing(artifact)?.script(
          named: String(path.split(separator: "/").last ?? "plot"))
      else { return [] }
      files = [("\(path).gp", Array(script.script.utf8)), ("\(path).csv", Array(script.data.utf8))]
    }
    for file in files { try Files.write(file.bytes, to: file.path) }
    return files.map(\.path)
  }
}
