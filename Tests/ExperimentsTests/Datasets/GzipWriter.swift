import CArchive
import Foundation

/// Packs bytes as gzip, to make files for the readers under test.
func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
  guard let archive = archive_write_new(), let entry = archive_entry_new() else {
    throw POSIXError(.ENOMEM)
  }
  defer {
    archive_entry_free(entry)
    archive_write_free(archive)
  }
  archive_write_add_filter_gzip(archive)
  archive_write_set_format_raw(archive)
  archive_entry_set_filetype(entry, 0o100000)
  var packed = [UInt8](repeating: 0, count: bytes.count + 1024)
  var used = 0
  let capacity = packed.count
  let status = packed.withUnsafeMutableBytes { target in
    var worst = archive_write_open_memory(archive, target.baseAddress, capacity, &used)
    worst = min(worst, archive_write_header(archive, entry))
    worst = min(worst, archive_write_data(archive, bytes, bytes.count) < 0 ? ARCHIVE_FATAL : 0)
    return min(worst, archive_write_close(archive))
  }
  guard status == ARCHIVE_OK else { throw POSIXError(.EIO) }
  return Array(packed[..<used])
}
