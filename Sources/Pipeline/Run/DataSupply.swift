import Contract
import Datasets
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

  /// The stale stages whose data set is not to be had, each with the name of that data set.
  ///
  /// What is missing is fetched, except for the demo profile, which needs no network; what cannot be
  /// fetched is said, and how to get it.
  func lacking(for wanted: Set<Int>? = nil) throws -> [Int: String] {
    let readers = project.graph.nodes.indices.filter {
      (wanted?.contains($0) ?? true) && !project.graph.nodes[$0].kind.dataSets.isEmpty
    }
    let states = project.resolver().states(of: project.graph.closure(of: readers))
    let stale = readers.filter { states[$0]?.record == nil || call.has("--force") }
    let names = Set(stale.flatMap { project.graph.nodes[$0].kind.dataSets })
    let absent = names.sorted().compactMap(DataSetCatalog.named).filter { info in
      if info.isPresent(in: DataLocations(project.dataFolders)) { return false }
      Console.say("\(info.name) is not in \(project.dataFolders.joined(separator: ", "))")
      return project.spec.profile == "demo" || !fetch(info)
    }
    .map(\.name)
    var lacking: [Int: String] = [:]
    for node in stale {
      lacking[node] = project.graph.nodes[node].kind.dataSets.first(where: absent.contains)
    }
    return lacking
  }

  /// Whether the stages that lack data are all the stages there are that read any.
  func isEmptyHanded(_ lacking: [Int: String]) -> Bool {
    !lacking.isEmpty
      && project.graph.nodes.indices.allSatisfy {
        project.graph.nodes[$0].kind.dataSets.isEmpty || lacking[$0] != nil
      }
  }

  /// Downloads one data set; a network that stays silent for four seconds counts as none.
  private func fetch(_ info: DataSetInfo) -> Bool {
    let style = call.style
    let advice =
      "put its files into a folder and name it with --data DIR or PIPELINE_DATA, or run pipeline data fetch"
    if info.isFetchedByName {
      let size = Style.bytes(info.files.reduce(0) { $0 + $1.packed.bytes })
      Console.say(
        "\(style.warn("→ it is left out:")) pipeline data fetch \(info.name) downloads its \(size)")
      return false
    }
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
