import CArchive

/// Takes files out of a `.tar.gz` archive, by their names, without writing any.
enum TarArchive {
  /// The contents of the members of these names, whatever folder of the archive they lie in.
  ///
  /// A member of more than `limit` bytes is refused; others are passed over unread.
  static func members(
    of path: String, named names: [String], limit: Int
  ) throws(DataFileError) -> [[UInt8]] {
    // Says in the system's words why a file cannot be read at all.
    _ = try FileReader.size(of: path)
    let reader = ArchiveReader(path, kind: "tar archive", whole: "a whole tar archive under gzip")
    archive_read_support_filter_gzip(reader.archive)
    archive_read_support_format_tar(reader.archive)
    try reader.open()
    var found: [String: [UInt8]] = [:]
    // Nothing after the last wanted member is unpacked.
    while found.count < Set(names).count, let entry = try reader.nextEntry() {
      guard archive_entry_filetype(entry) == 0o100000,
        let pathName = archive_entry_pathname(entry).map({ String(cString: $0) }),
        let name = pathName.split(separator: "/").last.map(String.init),
        names.contains(name), found[name] == nil
      else { continue }
      found[name] = try reader.content(limit: limit)
    }
    var contents: [[UInt8]] = []
    for name in names {
      guard let content = found[name] else {
        throw DataFileError(
          file: path, problem: "does not hold what it should",
          found: found.isEmpty
            ? "nothing of that name" : found.keys.sorted().joined(separator: ", "),
          expected: name)
      }
      contents.append(content)
    }
    return contents
  }
}
