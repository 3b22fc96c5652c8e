import Experiments
import Foundation

/// Makes sure, before a run, that the original data which stale stages will read are at hand:
/// found in a folder, or downloaded.
struct DataSupply {
  private let project: Project
  private let call: Call

  /// Supplies the stages of a project.
  init(_ project: Project, _ call: Call) {
    self.project = project
    self.call = call
  }

  /// Whether everything that is needed is there, fetching what is not.
  ///
  /// Says what is missing and how to get it.
  func isReady(for wanted: Set<Int>? = nil) throws -> Bool {
    let states = project.resolver().states()
    let stale = project.graph.nodes.indices.filter {
      (wanted?.contains($0) ?? true) && (states[$0].record == nil || call.has("--force"))
    }
    let names = Set(stale.flatMap { project.graph.nodes[$0].kind.dataSets })
    for info in names.sorted().compactMap(DataSetInfo.named)
    where !info.isPresent(in: DataLocations(project.dataFolders)) {
      guard fetch(info) else { return false }
    }
    return true
  }

  /// Downloads one data set; a network that stays silent for four seconds counts as none.
  private func fetch(_ info: DataSetInfo) -> Bool {
    let style = call.style
    let places = project.dataFolders.joined(separator: ", ")
    Console.say("\(info.name) is not in \(places)")
    let advice =
      "put its files into a folder and name it with --data DIR or PIPELINE_DATA, or run pipeline data fetch"
    guard !call.has("--offline") else {
      Console.say("\(style.warn("→ --offline was given, so nothing is downloaded;")) \(advice)")
      return false
    }
    let display = DownloadDisplay(quiet: call.has("--quiet"))
    do {
      try info.fetch(
        into: Project.downloadFolder, limits: Download.Limits(contact: 4, idle: 20),
        progress: display.show)
      display.end()
      return true
    } catch {
      display.end()
      Console.say("\(style.warn("→ it could not be downloaded:")) \(error)")
      Console.say("  \(advice)")
      return false
    }
  }
}
