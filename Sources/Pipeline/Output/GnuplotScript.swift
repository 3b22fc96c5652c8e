import Contract

/// A plot as gnuplot sees it: a script and its data, which stay beside the picture so that anybody
/// can change and redraw it with `gnuplot NAME.gp` in that folder.
struct GnuplotScript: Hashable, Sendable {
  /// The text of `NAME.gp`; it names the other files without a folder.
  let script: String
  /// The text of `NAME.csv`: one row a point or a cell.
  let data: String

  /// Colours by Okabe and Ito, which stay apart in every kind of colour vision.
  private static let palette = [
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#5D5D5D",
  ]
  /// Filled shapes, so that curves differ in print as well.
  private static let curveShapes = [7, 5, 9, 11, 13, 15]
  /// Open shapes for single values such as published ones.
  private static let markShapes = [4, 6, 8, 10, 12, 14]

  /// A script and its data.
  init(script: String, data: String) {
    self.script = script
    self.data = data
  }

  /// Describes the plot under a file name without its ending.
  init(_ plot: Plot, name: String) {
    data = Self.csv(plot)
    let curves = plot.series.enumerated().flatMap { Self.curves($1, at: $0, in: plot) }
    let commands = curves.isEmpty ? ["NaN notitle"] : curves
    script = """
      \(Self.preamble(name, plot.title, size: "960,560"))
      set xlabel \(Self.quote(plot.xLabel))
      set ylabel \(Self.quote(plot.yLabel))
      set border 3 linecolor rgb '#606060'
      set tics nomirror out textcolor rgb '#202020'
      set grid linecolor rgb '#E0E0E0' linetype 1 linewidth 1
      set key outside right center Left reverse samplen 2 spacing 1.4
      set autoscale xfix
      set offsets graph 0.02, graph 0.02, graph 0.03, graph 0.03
      \(Self.ranges(plot, isEmpty: curves.isEmpty))plot \(commands.joined(separator: ", \\\n     "))

      """
  }

  /// What every script begins with: the files, which are all called `name`, and the title.
  static func preamble(
    _ name: String, _ title: String, size: String, marksMissing: Bool = false
  ) -> String {
    let missing = marksMissing ? "\nset datafile missing 'nan'" : ""
    return """
      # Redraw with: gnuplot \(name).gp
      set encoding utf8
      set terminal pngcairo noenhanced size \(size) font 'DejaVu Sans,11'
      set output '\(name).png'
      data = '\(name).csv'
      set datafile separator comma\(missing)
      set title \(quote(title)) font 'DejaVu Sans,14'
      """
  }

  private static func csv(_ plot: Plot) -> String {
    var rows = [["curve", "name", "x", "y", "low", "high"]]
    for (index, series) in plot.series.enumerated() {
      for point in series.points {
        let values = [point.x, point.y, point.low ?? .nan, point.high ?? .nan]
        rows.append([(index + 1).description, series.name] + values.map(\.shortestText))
      }
    }
    return CSVWriter.text(rows)
  }

  private static func ranges(_ plot: Plot, isEmpty: Bool) -> String {
    var lines = isEmpty ? "set xrange [0:1]\nset label 'no data' at graph 0.5,0.5 center\n" : ""
    if let range = plot.yRange {
      lines += "set yrange [\(range.lowerBound.shortestText):\(range.upperBound.shortestText)]\n"
    } else if isEmpty {
      lines += "set yrange [0:1]\n"
    }
    return lines
  }

  /// The interval first, so that the curve lies on it; only the curve has a place in the key.
  private static func curves(_ series: Plot.Series, at index: Int, in plot: Plot) -> [String] {
    let points = series.points.filter { $0.x.isFinite && $0.y.isFinite }
    guard !points.isEmpty else { return [] }
    let bounded = points.count { $0.low != nil && $0.high != nil }
    let isBand = series.style == .line && bounded == points.count && points.count > 1
    let colour = "linecolor rgb '\(colour(of: index, in: plot))'"
    // Rows of the other curves become undefined points, which gnuplot leaves out.
    let x = "($1 == \(index + 1) ? $3 : NaN)"
    var commands: [String] = []
    if isBand {
      commands.append(
        "data skip 1 using \(x):5:6 with filledcurves \(colour) fillstyle transparent solid 0.18"
          + " noborder notitle")
    } else if bounded > 0 {
      commands.append(
        "data skip 1 using \(x):4:5:6 with yerrorbars \(colour) pointtype -1 linewidth 1.5 notitle")
    }
    let title = "title \(quote(series.name))"
    switch series.style {
    case .line:
      let shape = curveShapes[index % curveShapes.count]
      commands.append(
        "data skip 1 using \(x):4 with linespoints \(colour) linewidth 2.2"
          + " pointtype \(shape) pointsize 0.9 \(title)")
    case .marks:
      let shape = markShapes[index % markShapes.count]
      commands.append(
        "data skip 1 using \(x):4 with points \(colour) linewidth 2.2"
          + " pointtype \(shape) pointsize 1.9 \(title)")
    }
    return commands
  }

  /// The colour of a series: curves take the palette in order.
  ///
  /// Marks take the colour of the curve whose name theirs begins with, as `maxout (published)` goes
  /// with `maxout`, and are black where there is none.
  private static func colour(of index: Int, in plot: Plot) -> String {
    func curveColour(_ index: Int) -> String {
      let rank = plot.series[..<index].count { $0.style == .line }
      return palette[rank % palette.count]
    }
    let series = plot.series[index]
    if series.style == .line { return curveColour(index) }
    let namesakes = plot.series.indices.filter {
      plot.series[$0].style == .line && series.name.hasPrefix(plot.series[$0].name)
    }
    let closest = namesakes.max { plot.series[$0].name.count < plot.series[$1].name.count }
    return closest.map(curveColour) ?? "#000000"
  }

  /// Words between single quotes, in which gnuplot knows no escapes but the doubled quote.
  static func quote(_ words: String) -> String {
    let line = words.map { $0.isNewline ? " " : String($0) }.joined()
    return "'"
      + line.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "''") + "'"
  }
}
