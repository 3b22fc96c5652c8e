import Contract

/// The table in which a data-set stage says what its images were made from.
package enum Provenance {
  /// An empty table of files.
  package static func table(caption: String) -> Table {
    Table(
      caption: caption,
      columns: [
        .init("file", "File"), .init("bytes", "Size", unit: "bytes"), .init("sha256", "SHA-256"),
        .init("source", "Source"),
      ])
  }
}
