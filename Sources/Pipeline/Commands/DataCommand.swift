import Contract
import Datasets
import Foundation

/// Lists, fetches and verifies original data files.
enum DataCommand: Command {
  static let name = "data"
  static let summary = "list, fetch or verify the original data files"
  static let operands = "list|fetch|verify [NAME…]"
  static let help = """
    list     each data set, its files, and where they were found
    fetch    download what is missing, the largest sets only by their names; interrupted downloads
             go on where they stopped, and a file gets its name only when its SHA-256 is right
    verify   read every file and compare its size and SHA-256

    Files are looked for in --data DIR, in PIPELINE_DATA and in the user's cache folder: in the data
    set's own folder below each, then in each as it is.
    """

  static func run(_ call: Call) throws -> ExitCode {
    guard let verb = call.operands.first else {
      throw UsageError(message: "‘data’ needs a verb", hint: "give list, fetch or verify")
    }
    let sets = try call.operands.dropFirst().map { name throws(UsageError) in
      guard let info = DataSetCatalog.named(name) else {
        throw UsageError(
          message: "there is no data set ‘\(name)’",
          hint: Call.suggestion(
            name, DataSetCatalog.all.map(\.name), "pipeline data list names them"))
      }
      return info
    }
    let folders = DataLocations(
      Project.dataFolders(call, ProcessInfo.processInfo.environment))
    for info in sets.isEmpty ? DataSetCatalog.all : Array(sets) {
      switch verb {
      case "list": list(info, folders)
      case "fetch" where sets.isEmpty && info.isFetchedByName:
        Console.say("\(info.name) is large; pipeline data fetch \(info.name) downloads it")
      case "fetch": try fetch(info, call)
      case "verify": try verify(info, folders)
      default:
        throw UsageError(
          message: "‘data’ has no verb ‘\(verb)’",
          hint: Call.suggestion(verb, ["list", "fetch", "verify"], "give list, fetch or verify"))
      }
    }
    return .good
  }

  private static func verify(_ info: DataSetInfo, _ folders: DataLocations) throws(StageFailure) {
    if let folder = info.unpackedFolder(in: folders) {
      Console.print("\(info.name): ‘\(folder)’ has no digest to compare with")
      return
    }
    do throws(DataFileError) {
      let files = try info.verify(in: folders)
      Console.print("\(info.name): all \(files.count) files are whole")
    } catch {
      throw error.failure
    }
  }

  private static func list(_ info: DataSetInfo, _ folders: DataLocations) {
    Console.print("\(info.name): \(info.summary)")
    Console.print("  \(info.citation)")
    for (file, found) in info.locate(in: folders) {
      let place = found.map { $0.path } ?? "not here"
      Console.print("  \(file.packed.name)  \(Style.bytes(file.packed.bytes))  \(place)")
    }
    if let folder = info.unpackedFolder(in: folders) {
      Console.print("  unpacked instead, without a digest  \(folder)")
    }
    for mirror in info.mirrors { Console.print("  from \(mirror)") }
  }

  private static func fetch(_ info: DataSetInfo, _ call: Call) throws {
    guard !call.has("--offline") else {
      throw UsageError(message: "‘fetch’ needs the network", hint: "leave out --offline")
    }
    let folder = call.value("--data") ?? Project.downloadFolder
    let display = DownloadDisplay(quiet: call.has("--quiet"))
    do {
      let paths = try info.fetch(into: folder, progress: display.show)
      display.end()
      paths.forEach { Console.print($0) }
    } catch {
      display.end()
      throw error
    }
  }
}
