import Contract

extension Provenance {
  /// A table of files with the public home of each; never where they lie on this machine.
  package static func ofFiles(
    caption: String, _ files: [(facts: DataSetFile.Facts, source: String)]
  ) -> Table {
    var table = table(caption: caption)
    for (facts, source) in files {
      table.append([
        .text(facts.name), .integer(facts.bytes), .text(facts.sha256), .text(source),
      ])
    }
    return table
  }

  /// A table of the files of a data set as they are fetched.
  package static func ofPackedFiles(_ info: DataSetInfo) -> Table {
    ofFiles(
      caption: "Files of the data set \(info.name).",
      info.files.map { ($0.packed, "\(info.mirrors[0])/\($0.packed.name)") })
  }
}
