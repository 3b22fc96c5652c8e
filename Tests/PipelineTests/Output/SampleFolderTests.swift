import Contract
import Foundation
import Testing

@testable import Pipeline

/// Writes a folder for a person, or for `Tests/Oracles/read_exports.py`, to look at: a report with its
/// pictures, and one export of every kind.
@Suite("A sample for looking at") struct SampleFolderTests {
  static let folder = ProcessInfo.processInfo.environment["PIPELINE_SAMPLE"]

  @Test("is written where PIPELINE_SAMPLE says", .enabled(if: folder != nil))
  func sample() throws {
    let base = URL(fileURLWithPath: try #require(Self.folder), isDirectory: true)
    func write(_ bytes: some Sequence<UInt8>, _ path: String) throws {
      let url = base.appending(path: path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: url)
    }
    let claims = try DiffReportTests.results()
    try write(Report.markdown(ReportFixture.model(claims: claims)).utf8, "report/report.md")
    try write(ReportFixture.table.csv.utf8, "results/section-4.csv")
    try write(PNGWriter.encode(ReportFixture.images.raster), "results/images/digits.png")
    try write([], "results/plots/.keep")
    try Gnuplot(searchPath: GnuplotTests.searchPath).draw(
      GnuplotScript(ReportFixture.plot, name: "epsilon"), name: "epsilon",
      in: base.appending(path: "results/plots").path)

    let bundle = TensorBundle(
      [
        "layers.0.weight": NumericArray(
          shape: [2, 3], .float32([1, -2, 0.5, .leastNonzeroMagnitude, -0.0, 3])),
        "labels": NumericArray(shape: [3], .int32([0, -1, .max])),
        "images": NumericArray(shape: [1, 2, 2], .uint8([0, 1, 254, 255])),
        "empty": NumericArray(shape: [0, 4], .float32([])),
        "scalar": NumericArray(shape: [], .float32([0.25])),
      ], metadata: ["architecture": "dense 3 → 2"])
    try write(Safetensors.encode(bundle), "exports/sample.safetensors")
    for (name, array) in bundle.arrays {
      try write(Npy.encode(array), "exports/\(name).npy")
    }
    for color in [false, true] {
      let text = DiffReport(claims).text(color: color, width: 200)
      try write(text.utf8, color ? "diff-colour.txt" : "diff.txt")
    }
    try write(DiffReport(claims).text(color: false, width: 80).utf8, "diff-narrow.txt")
  }
}
