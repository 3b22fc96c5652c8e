import CArchive
import Foundation

/// Packs bytes as xz, to make files for the readers under test.
func xz(_ bytes: [UInt8]) throws -> [UInt8] {
  try packed([("", bytes)]) { archive in
    archive_write_add_filter_xz(archive)
    archive_write_set_format_raw(archive)
  }
}

/// Packs files as a `.tar.gz` archive.
func tarGzip(_ members: [(name: String, bytes: [UInt8])]) throws -> [UInt8] {
  try packed(members) { archive in
    archive_write_add_filter_gzip(archive)
    archive_write_set_format_ustar(archive)
  }
}

/// Packs files as a `.zip` archive.
func zip(_ members: [(name: String, bytes: [UInt8])]) throws -> [UInt8] {
  try packed(members) { archive in archive_write_set_format_zip(archive) }
}

private func packed(
  _ members: [(name: String, bytes: [UInt8])], format: (OpaquePointer) -> Void
) throws -> [UInt8] {
  guard let archive = archive_write_new() else { throw POSIXError(.ENOMEM) }
  defer { archive_write_free(archive) }
  format(archive)
  let capacity = members.map { $0.bytes.count + 2048 }.reduce(1 << 16, +)
  var target = [UInt8](repeating: 0, count: capacity)
  var used = 0
  let status = target.withUnsafeMutableBytes { target in
    var worst = archive_write_open_memory(archive, target.baseAddress, capacity, &used)
    for (name, bytes) in members {
      guard let entry = archive_entry_new() else { return ARCHIVE_FATAL }
      defer { archive_entry_free(entry) }
      archive_entry_set_pathname(entry, name)
      archive_entry_set_filetype(entry, name.hasSuffix("/") ? 0o040000 : 0o100000)
      archive_entry_set_perm(entry, 0o644)
      archive_entry_set_size(entry, Int64(bytes.count))
      worst = min(worst, archive_write_header(archive, entry))
      let written = archive_write_data(archive, bytes, bytes.count)
      worst = min(worst, written == bytes.count ? ARCHIVE_OK : ARCHIVE_FATAL)
    }
    return min(worst, archive_write_close(archive))
  }
  guard status == ARCHIVE_OK else { throw POSIXError(.EIO) }
  return Array(target[..<used])
}
