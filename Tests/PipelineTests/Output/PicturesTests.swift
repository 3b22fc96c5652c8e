import Contract
import Foundation
import Testing

@testable import Pipeline

/// Pictures that are drawn many in a process, and what becomes of those that cannot be drawn.
@Suite("Pictures", .enabled(if: GnuplotTests.isInstalled)) struct PicturesTests {
  /// Drawings of every form, of which some set what others leave as it is.
  private static var wanted: [Pictures.Wanted] {
    let heat = HeatMap(
      caption: "c", title: "it's", xLabel: "x", yLabel: "y", columns: ["a", "b"],
      rows: ["1", "2"], values: [1, 2.5, nil, -3], decimals: 1)
    let plane = PlaneMap(
      caption: "c", title: "plane", valueLabel: "v", valueRange: 0...1, range: -1...1, side: 2,
      values: [0, 0.25, 0.5, 1], marks: [.init(x: 0, y: 0, label: 3)])
    let plain = Plot(
      caption: "", title: "plain", xLabel: "x", yLabel: "y",
      series: [.init("a", points: [.init(x: 0, y: 1), .init(x: 1, y: 3)])])
    return [
      .init(script: GnuplotScript(heat, name: "heat"), name: "heat"),
      .init(script: GnuplotScript(plain, name: "plain"), name: "plain"),
      .init(script: GnuplotScript(plane, name: "plane"), name: "plane"),
      .init(script: GnuplotScript(GnuplotTests.sample, name: "p"), name: "p"),
    ]
  }

  /// The kept picture files of a folder.
  private func kept(_ folder: ScratchFolder) -> [String] {
    Files.list(folder.path).filter { $0.hasSuffix(".png") }
  }

  @Test func `drawings that share a process have the bytes that each has alone`() throws {
    let wanted = Self.wanted
    for order in [wanted, wanted.reversed(), wanted + wanted.dropFirst(2)] {
      let (together, alone) = (try ScratchFolder(), try ScratchFolder())
      defer { [together, alone].forEach { $0.remove() } }
      let pictures = Pictures(folder: together.path, jobs: 1)
      try pictures.prepare(order)
      #expect(kept(together).count == wanted.count, "\(Files.list(together.path))")
      for picture in wanted {
        let single = try Pictures(folder: alone.path, jobs: 1).picture(of: picture)
        #expect(try pictures.picture(of: picture) == single, "\(picture.name)")
      }
      #expect(kept(together) == kept(alone) && Files.list(together.path) == kept(together))
    }
  }

  @Test func `many are shared out among several processes`() throws {
    let folder = try ScratchFolder()
    defer { folder.remove() }
    let wanted = (0..<20).map { i in
      let plot = Plot(
        caption: "", title: "\(i)", xLabel: "x", yLabel: "y",
        series: [.init("a", points: [.init(x: 0, y: 1), .init(x: 1, y: 3)])])
      return Pictures.Wanted(script: GnuplotScript(plot, name: "plot"), name: "plot")
    }
    let pictures = Pictures(folder: folder.path, jobs: 3)
    try pictures.prepare(wanted)
    #expect(kept(folder).count == 20)
    #expect(Set(try wanted.map { try pictures.picture(of: $0) }).count == 20)
  }

  @Test func `a script that gnuplot refuses is told by itself and costs no other its picture`()
    throws
  {
    let folder = try ScratchFolder()
    defer { folder.remove() }
    let broken = Pictures.Wanted(
      script: GnuplotScript(script: "plot nothing(\n", data: ""), name: "b")
    let pictures = Pictures(folder: folder.path, jobs: 1)
    let wanted = Self.wanted
    try pictures.prepare([wanted[0], broken] + wanted.dropFirst())
    for picture in wanted {
      #expect(try pictures.picture(of: picture).starts(with: [0x89, 0x50, 0x4E, 0x47]))
    }
    #expect(throws: GnuplotError.self) { try pictures.picture(of: broken) }
    #expect(kept(folder).count == wanted.count)
  }
}
