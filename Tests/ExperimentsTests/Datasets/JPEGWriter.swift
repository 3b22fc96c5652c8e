import CTurboJPEG
import Foundation

/// Encodes a picture, row by row with the colours of a pixel beside each other, for the readers
/// under test.
func jpeg(_ pixels: [UInt8], width: Int, height: Int) throws -> [UInt8] {
  guard let handle = tjInitCompress() else { throw POSIXError(.ENOMEM) }
  defer { tjDestroy(handle) }
  var target: UnsafeMutablePointer<UInt8>?
  var size: UInt = 0
  let status = tjCompress2(
    handle, pixels, Int32(width), 0, Int32(height), Int32(TJPF_RGB.rawValue), &target, &size,
    Int32(TJSAMP_420.rawValue), 90, TJFLAG_ACCURATEDCT)
  defer { tjFree(target) }
  guard status == 0, let target else { throw POSIXError(.EIO) }
  return Array(UnsafeBufferPointer(start: target, count: Int(size)))
}
