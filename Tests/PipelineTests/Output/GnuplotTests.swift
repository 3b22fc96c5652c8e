import Contract
import Foundation
import Testing

@testable import Pipeline

@Suite("gnuplot") struct GnuplotTests {
  static let searchPath = ProcessInfo.processInfo.environment["PATH"] ?? ""
  static var isInstalled: Bool { (try? Gnuplot(searchPath: searchPath)) != nil }

  static let sample = Plot(
    caption: "Error under attack", title: "It's \"50 %\" of_x^2 {a}", xLabel: "ε",
    yLabel: "Error (%)",
    yRange: 0...100,
    series: [
      .init(
        "max'out",
        points: [
          .init(x: 0, y: 1, low: 0.5, high: 2), .init(x: 0.1, y: 50, low: 45, high: 55),
        ]),
      .init(
        "soft, \"max\"", points: [.init(x: 0, y: 8), .init(x: 0.1, y: 99, low: 98, high: 100)]),
      .init("max'out (published)", style: .marks, points: [.init(x: 0.1, y: 52)]),
      .init("elsewhere", style: .marks, points: [.init(x: 0.05, y: .nan)]),
    ])

  @Test("the data file is one tidy row a point")
  func data() {
    #expect(
      GnuplotScript(Self.sample, name: "p").data == """
        curve,name,x,y,low,high
        1,max'out,0,1,0.5,2
        1,max'out,0.1,50,45,55
        2,"soft, ""max""\",0,8,,
        2,"soft, ""max""\",0.1,99,98,100
        3,max'out (published),0.1,52,,
        4,elsewhere,0.05,,,

        """)
  }

  @Test("bands, bars and marks are drawn where they are given, in colours that belong together")
  func script() throws {
    let script = GnuplotScript(Self.sample, name: "p").script
    let drawn = try #require(script.split(separator: "\nplot ").last).split(separator: ", \\\n")
      .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
    #expect(drawn.count == 5, "a band, a curve, bars, a curve, a mark; nothing for what is empty")
    #expect(drawn[0].contains("filledcurves") && drawn[0].contains("#0072B2"))
    #expect(drawn[1].contains("linespoints") && drawn[1].contains("title 'max''out'"))
    #expect(drawn[2].contains("yerrorbars") && drawn[2].contains("#D55E00"))
    #expect(drawn[3].contains("linespoints"))
    #expect(drawn[4].contains("with points") && drawn[4].contains("#0072B2"))
    #expect(script.contains("set yrange [0:100]"))
    #expect(!script.contains("/"), "the script names no folder")
  }

  @Test("a drawing is a PNG, and the same bytes each time", .enabled(if: isInstalled))
  func drawing() throws {
    let gnuplot = try Gnuplot(searchPath: Self.searchPath)
    let (first, second) = (try ScratchFolder(), try ScratchFolder())
    defer { [first, second].forEach { $0.remove() } }
    try gnuplot.draw(GnuplotScript(Self.sample, name: "p"), name: "p", in: first.path)
    try gnuplot.draw(GnuplotScript(Self.sample, name: "p"), name: "p", in: second.path)
    let picture = try PNGTests.decode(try first.bytes("p.png"), channels: 3)
    #expect(picture.width == 960 && picture.height == 560)
    #expect(Set(picture.pixels).count > 16, "something is drawn")
    #expect(try first.bytes("p.png") == second.bytes("p.png"))
  }

  @Test("a plot without any point is still a picture that says so", .enabled(if: isInstalled))
  func empty() throws {
    let folder = try ScratchFolder()
    defer { folder.remove() }
    let plot = Plot(
      caption: "", title: "t", xLabel: "x", yLabel: "y", series: [.init("none", points: [])])
    try Gnuplot(searchPath: Self.searchPath).draw(
      GnuplotScript(plot, name: "e"), name: "e", in: folder.path)
    #expect(try !folder.bytes("e.png").isEmpty)
  }

  @Test(
    "a heat map is drawn with its values, also where cells are empty or all alike",
    .enabled(if: isInstalled),
    arguments: [[1, 2.5, nil, -3], [7, 7, 7, 7], [nil, nil, nil, nil]])
  func heatMap(_ values: [Double?]) throws {
    let folder = try ScratchFolder()
    defer { folder.remove() }
    let map = HeatMap(
      caption: "c", title: "it's", xLabel: "x", yLabel: "y", columns: ["a", "b"], rows: ["1", "2"],
      values: values, decimals: 1)
    let script = GnuplotScript(map, name: "h")
    #expect(script.data.split(separator: "\n").count == 5)
    try Gnuplot(searchPath: Self.searchPath).draw(script, name: "h", in: folder.path)
    let picture = try PNGTests.decode(try folder.bytes("h.png"), channels: 3)
    #expect(picture.width == 820 && picture.height == 720)
  }

  @Test(
    "a map of the plane is drawn with its points, or without any", .enabled(if: isInstalled),
    arguments: [0, 3])
  func planeMap(_ points: Int) throws {
    let folder = try ScratchFolder()
    defer { folder.remove() }
    let map = PlaneMap(
      caption: "c", title: "it's", valueLabel: "nats", valueRange: 0...1, range: -1...2, side: 3,
      values: (0..<9).map { Double($0) / 9 },
      marks: (0..<points).map { .init(x: Double($0) / 2, y: 0.5, label: $0) })
    let script = GnuplotScript(map, name: "p")
    #expect(script.data.split(separator: "\n").count == 10 + points)
    #expect(script.data.contains("0.5,-1,"))
    try Gnuplot(searchPath: Self.searchPath).draw(script, name: "p", in: folder.path)
    let picture = try PNGTests.decode(try folder.bytes("p.png"), channels: 3)
    #expect(picture.width == 620 && picture.height == 540)
  }

  @Test("gnuplot's own words are in the error", .enabled(if: isInstalled))
  func failure() throws {
    let folder = try ScratchFolder()
    defer { folder.remove() }
    try folder.write("plto 1\n", to: "bad.gp")
    #expect {
      try Gnuplot(searchPath: Self.searchPath).run(script: "bad.gp", in: folder.path)
    } throws: { error in
      "\(error)".contains("bad.gp") && "\(error)".contains("invalid command")
    }
  }

  @Test("a missing program is reported with what to do")
  func missing() {
    #expect { try Gnuplot(searchPath: "/nonexistent:") } throws: {
      "\($0)".contains("./bootstrap")
    }
  }
}
