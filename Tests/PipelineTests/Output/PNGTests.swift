import CPNG
import Contract
import Testing

@testable import Pipeline

@Suite("PNG") struct PNGTests {
  /// Reads a file back with libpng, as grey or RGB.
  static func decode(_ bytes: [UInt8], channels: Int) throws -> Raster {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    try #require(png_image_begin_read_from_memory(&image, bytes, bytes.count) != 0)
    // Bit 2 of the format means colour, and nothing else may be set: no alpha, no palette.
    #expect(image.format & ~png_uint_32(PNG_FORMAT_FLAG_COLOR) == 0)
    #expect((image.format == 0) == (channels == 1))
    var raster = Raster(
      width: Int(image.width), height: Int(image.height),
      filledWith: [UInt8](repeating: 0, count: channels))
    try #require(png_image_finish_read(&image, nil, &raster.pixels, 0, nil) != 0)
    return raster
  }

  @Test("pixels come back as they were, and the bytes are the same each time", arguments: [1, 3])
  func roundTrip(channels: Int) throws {
    var raster = Raster(
      width: 37, height: 11, filledWith: [UInt8](repeating: 0, count: channels))
    for index in raster.pixels.indices { raster.pixels[index] = UInt8(index * 7 % 256) }
    let bytes = try PNGWriter.encode(raster)
    #expect(try Self.decode(bytes, channels: channels) == raster)
    #expect(try PNGWriter.encode(raster) == bytes)
  }

  @Test(
    "small pictures are magnified by whole numbers, large ones left alone",
    arguments: [
      (1, 1, 80), (28, 28, 3), (32, 32, 3), (40, 20, 2), (80, 80, 1), (299, 299, 1),
    ])
  func magnification(height: Int, width: Int, factor: Int) {
    let grid = ImageGrid(
      caption: "", height: height, width: width, columns: 1,
      pixels: [UInt8](repeating: 0, count: height * width))
    #expect(grid.magnification == factor)
    #expect(grid.raster.width == width * factor + 2 * ImageGrid.gap)
    #expect(grid.raster.height == height * factor + 2 * ImageGrid.gap)
  }

  @Test("pictures lie in rows with gaps, each pixel a square")
  func layout() {
    let grid = ImageGrid(
      caption: "", height: 1, width: 2, columns: 2, pixels: [10, 20, 30, 40, 50, 60])
    let raster = grid.raster
    let (gap, side) = (ImageGrid.gap, 40)
    #expect(raster.channels == 1)
    #expect(raster.width == 2 * 2 * side + 3 * gap && raster.height == 2 * side + 3 * gap)
    func pixel(_ x: Int, _ y: Int) -> UInt8 { raster.pixels[y * raster.width + x] }
    #expect(pixel(gap, gap) == 10 && pixel(gap + side - 1, gap + side - 1) == 10)
    #expect(pixel(gap + side, gap) == 20 && pixel(gap + 2 * side - 1, gap) == 20)
    #expect(pixel(2 * gap + 2 * side, gap) == 30)
    #expect(pixel(gap, 2 * gap + side) == 50 && pixel(gap + side, 2 * gap + side) == 60)
    let paper = pixel(0, 0)
    #expect(pixel(gap - 1, gap) == paper && pixel(gap + 2 * side, gap) == paper)
    #expect(pixel(2 * gap + 2 * side, 2 * gap + side) == paper, "a missing picture is a gap")
  }

  @Test("a box makes the grid coloured and touches no pixel of a picture")
  func box() {
    let pixels = (0..<4 * 28 * 28).map { UInt8($0 % 251) }
    let plain = ImageGrid(caption: "", height: 28, width: 28, columns: 2, pixels: pixels)
    let boxed = ImageGrid(
      caption: "", height: 28, width: 28, columns: 2, pixels: pixels, boxed: [1])
    let (grey, colour) = (plain.raster, boxed.raster)
    #expect(colour.channels == 3)
    let (gap, side) = (ImageGrid.gap, 84)
    var coloured = 0
    for y in 0..<grey.height {
      for x in 0..<grey.width {
        let value = grey.pixels[y * grey.width + x]
        let found = Array(colour.pixels[(y * grey.width + x) * 3..<(y * grey.width + x) * 3 + 3])
        if found != [value, value, value] {
          coloured += 1
          let (column, row) = (x - (2 * gap + side), y - gap)
          let isAround = (-gap..<side + gap).contains(column) && (-gap..<side + gap).contains(row)
          let isInside = (0..<side).contains(column) && (0..<side).contains(row)
          #expect(isAround && !isInside, "a box pixel at \(x), \(y)")
        }
      }
    }
    let width = ImageGrid.boxWidth
    #expect(coloured == 4 * width * (side + width))
  }

  @Test("colour channels keep their order")
  func colour() {
    let grid = ImageGrid(
      caption: "", height: 1, width: 1, channels: 3, columns: 1, pixels: [1, 2, 3])
    let raster = grid.raster
    let middle = (raster.height / 2 * raster.width + raster.width / 2) * 3
    #expect(Array(raster.pixels[middle..<middle + 3]) == [1, 2, 3])
  }
}
