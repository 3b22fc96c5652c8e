import CPNG

/// libpng could not write a picture.
struct PNGError: Error, Hashable, CustomStringConvertible {
  /// What libpng says.
  let description: String
}

/// Pictures as PNG, through libpng's simplified interface: 8 bits a channel, grey or RGB.
///
/// The bytes depend on the pixels and on the versions of libpng and zlib, on nothing else: there is
/// no time stamp and no text in them.
enum PNGWriter {
  /// The bytes of the file.
  static func encode(_ raster: Raster) throws(PNGError) -> [UInt8] {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    image.width = UInt32(raster.width)
    image.height = UInt32(raster.height)
    // 0 is grey: libpng defines that format by the absence of every flag.
    image.format = raster.channels == 3 ? png_uint_32(PNG_FORMAT_RGB) : 0
    defer { png_image_free(&image) }
    // The first call compresses to learn the size, the second to fill the memory.
    var size = png_alloc_size_t(0)
    guard png_image_write_to_memory(&image, nil, &size, 0, raster.pixels, 0, nil) != 0 else {
      throw PNGError(description: message(of: image))
    }
    var bytes = [UInt8](repeating: 0, count: Int(size))
    guard png_image_write_to_memory(&image, &bytes, &size, 0, raster.pixels, 0, nil) != 0 else {
      throw PNGError(description: message(of: image))
    }
    return Array(bytes.prefix(Int(size)))
  }

  private static func message(of image: png_image) -> String {
    withUnsafeBytes(of: image.message) { raw in
      "libpng: " + String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
