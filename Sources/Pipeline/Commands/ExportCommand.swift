import Contract

/// Writes what a stage made in formats that Python reads.
enum ExportCommand: Command {
  static let name = "export"
  static let summary = "write weights as safetensors, arrays as .npy, tables as CSV"
  static let operands = "STAGE…"
  static let help = """
    Weights become one .safetensors file in PyTorch's layout and names, with the architecture in
    its metadata; other arrays (images, labels, predictions) become one .npy file each; tables
    become CSV and pictures PNG. Nothing is computed: the stage must be fresh.

      pipeline export maxout --to weights
      pipeline export section-4 --to predictions

      >>> safetensors.torch.load_file("weights/maxout/weights.safetensors")
      >>> numpy.load("predictions/section-4/predictions/maxout.adversarial.npy")
    """
  static let options = [Option("--to", "DIR", "the folder to write into")]

  static func run(_ call: Call) throws -> ExitCode {
    guard !call.operands.isEmpty, let folder = call.value("--to") else {
      throw UsageError(
        message: "‘export’ needs a stage and a folder", hint: "pipeline export STAGE --to DIR")
    }
    let project = try Project(call)
    let states = project.resolver().states()
    for i in try project.nodes(named: call.operands) {
      let name = project.graph.nodes[i].name
      guard let record = states[i].record else {
        throw UsageError(message: "‘\(name)’ is not fresh", hint: "pipeline run \(name)")
      }
      for entry in record.artifacts {
        let artifact = try Artifact(stored: try project.store.get(entry.digest))
        for path in try write(artifact, to: "\(folder)/\(name)/\(entry.name)") {
          Console.print(path)
        }
      }
    }
    return .good
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
