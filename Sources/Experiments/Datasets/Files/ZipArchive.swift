import CArchive

/// Takes files out of a `.zip` archive one after another, without writing any.
struct ZipArchive: ~Copyable {
  private let reader: ArchiveReader

  /// Opens an archive in front of its first member.
  init(_ path: String) throws(DataFileError) {
    // Says in the system's words why a file cannot be read at all.
    _ = try FileReader.size(of: path)
    let reader = ArchiveReader(path, kind: "zip archive", whole: "a whole zip archive")
    archive_read_support_format_zip(reader.archive)
    try reader.open()
    self.reader = reader
  }

  /// The next file whose name without folders is wanted, or nil behind the last.
  ///
  /// One of more than `limit` bytes is refused; others are passed over unread.
  func next(
    where isWanted: (_ name: String) -> Bool, limit: Int
  ) throws(DataFileError) -> (name: String, bytes: [UInt8])? {
    while let entry = try reader.nextEntry() {
      guard archive_entry_filetype(entry) == 0o100000,
        let pathName = archive_entry_pathname(entry).map({ String(cString: $0) }),
        let name = pathName.split(separator: "/").last.map(String.init), isWanted(name)
      else { continue }
      return (name, try reader.content(limit: limit))
    }
    return nil
  }
}
