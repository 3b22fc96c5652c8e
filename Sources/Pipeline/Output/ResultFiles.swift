import Contract
import Foundation

/// Writes `results/<profile>/`: one folder a stage, one file an artifact, and an index of them all.
///
/// Files that already hold the right bytes are left alone. Files of an earlier run that no stage
/// makes any more are taken away, but only those that the old index names: what a person puts there
/// stays.
struct ResultFiles {
  /// One written file.
  struct File {
    /// The path below `results/<profile>`.
    let path: String
    /// SHA-256 of its bytes.
    let digest: String
    /// The stage that made it.
    let stage: String
    /// The stage's key.
    let key: String
  }

  /// `results/<profile>`.
  let folder: String
  private let drawings: String
  private(set) var files: [File] = []
  private(set) var changed = 0

  /// Writes below a project's output folder.
  init(_ project: Project) {
    folder = "\(project.output)/results/\(project.spec.profile)"
    drawings = "\(project.store.folder)/drawings"
  }

  /// Writes what one stage made.
  mutating func add(_ entry: FreshArtifacts.Entry, _ artifacts: FreshArtifacts) throws {
    for artifact in entry.record.artifacts {
      guard let value = try artifacts.shown(artifact) else { continue }
      for (name, bytes) in try contents(of: value, named: artifact.name) {
        let path = "\(entry.name)/\(name)"
        if try Files.update(bytes, at: "\(folder)/\(path)") { changed += 1 }
        files.append(
          File(
            path: path, digest: SHA256.hex(of: bytes), stage: entry.name, key: entry.record.key))
      }
    }
  }

  /// Writes the index and takes away what the old one names and the new one does not.
  mutating func finish() throws {
    let path = "\(folder)/index.csv"
    let old = (try? CSVFile(Files.read(path), name: path))?.records.compactMap { $0.first?.text }
    let kept = Set(files.map(\.path))
    for stale in old ?? [] where !kept.contains(stale) && !stale.contains("..") {
      Files.remove("\(folder)/\(stale)")
      changed += 1
    }
    let rows = files.map { [$0.path, $0.digest, $0.stage, $0.key] }
    let text = CSVWriter.text([["file", "sha256", "stage", "key"]] + rows)
    if try Files.update(Array(text.utf8), at: path) { changed += 1 }
  }

  private func contents(
    of artifact: Artifact, named name: String
  ) throws -> [(name: String, bytes: [UInt8])] {
    switch artifact {
    case .tensors: return []
    case .table(let table): return [("\(name).csv", Array(table.csv.utf8))]
    case .images(let grid): return [("\(name).png", try PNGWriter.encode(grid.raster))]
    case .plot, .heatMap, .plane:
      guard let script = Drawing(artifact)?.script(named: name) else { return [] }
      return [
        ("\(name).gp", Array(script.script.utf8)), ("\(name).csv", Array(script.data.utf8)),
        ("\(name).png", try picture(of: script, named: name)),
      ]
    }
  }

  /// What gnuplot makes of a script, drawn once for each script and data.
  private func picture(of script: GnuplotScript, named name: String) throws -> [UInt8] {
    let known =
      "\(drawings)/\(TaggedEncoder.digest("drawing", [script.script, script.data])).png"
    if let bytes = try? Files.read(known), bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
      return bytes
    }
    let workshop = "\(drawings)/plot.draft-\(getpid())"
    try Files.createFolder(workshop)
    defer { Files.remove(workshop) }
    try Gnuplot(searchPath: ProcessInfo.processInfo.environment["PATH"] ?? "")
      .draw(script, name: name, in: workshop)
    let bytes = try Files.read("\(workshop)/\(name).png")
    try Files.write(bytes, to: known)
    return bytes
  }
}
