import CTurboJPEG

/// Decodes JPEG files by TurboJPEG.
///
/// The inverse cosine transform is the accurate one, which computes in integers: the same file gives
/// the same pixels on every machine.
struct JPEGDecoder: ~Copyable {
  private let handle: tjhandle

  /// A decoder, to be used for many files.
  init() {
    guard let handle = tjInitDecompress() else {
      preconditionFailure("TurboJPEG gave no decoder: out of memory")
    }
    self.handle = handle
  }

  deinit { tjDestroy(handle) }

  /// The pixels of an unpacked file, whose name serves the error messages: row by row, red, green and
  /// blue of one pixel beside each other.
  ///
  /// Whatever TurboJPEG only warns of is an error too: that is how it speaks of a file that is cut
  /// short.
  func pixels(
    of bytes: [UInt8], width: Int, height: Int, file: String
  ) throws(DataFileError) -> [UInt8] {
    let magic: [UInt8] = [0xFF, 0xD8, 0xFF]
    guard bytes.starts(with: magic) else {
      throw DataFileError(
        file: file, problem: "is no JPEG file", found: ByteText.start(of: bytes, count: 4),
        expected: ByteText.start(of: magic, count: 3))
    }
    let size = UInt(bytes.count)
    var (columns, rows, sampling, space): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    guard tjDecompressHeader3(handle, bytes, size, &columns, &rows, &sampling, &space) == 0 else {
      throw damaged(file, String(cString: tjGetErrorStr2(handle)))
    }
    // A file that ends within its header passes for one of tables without a picture.
    guard columns > 0 && rows > 0 else { throw damaged(file, "an end before the picture") }
    guard Int(columns) == width && Int(rows) == height else {
      throw DataFileError(
        file: file, problem: "is a picture of the wrong size",
        found: "\(columns)×\(rows) pixels", expected: "\(width)×\(height) pixels")
    }
    var pixels = [UInt8](repeating: 0, count: 3 * width * height)
    let status = tjDecompress2(
      handle, bytes, size, &pixels, columns, 3 * columns, rows, Int32(TJPF_RGB.rawValue),
      TJFLAG_ACCURATEDCT)
    guard status == 0 else { throw damaged(file, String(cString: tjGetErrorStr2(handle))) }
    return pixels
  }

  private func damaged(_ file: String, _ found: String) -> DataFileError {
    DataFileError(
      file: file, problem: "is a damaged JPEG file", found: found, expected: "a whole JPEG file")
  }
}
