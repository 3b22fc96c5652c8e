import Contract

extension GnuplotScript {
  /// Describes a heat map under a file name without its ending: one row of data a cell.
  init(_ map: HeatMap, name: String) {
    let width = map.columns.count
    let known = map.values.compactMap { $0 }.filter(\.isFinite)
    let (low, high) = (known.min() ?? 0, known.max() ?? 1)
    // gnuplot refuses a range without extent.
    let top = high > low ? high : low + 1
    var rows = [["row", "column", "y", "x", "value"]]
    for (i, value) in map.values.enumerated() {
      rows.append(
        [map.rows[i / width], map.columns[i % width], "\(i / width)", "\(i % width)"]
          + [(value ?? .nan).shortestText])
    }
    let number = "sprintf('%.\(map.decimals)f', $5)"
    let middle = (low + 0.55 * (top - low)).shortestText
    func tics(_ names: [String]) -> String {
      names.enumerated().map { "\(Self.quote($1)) \($0)" }.joined(separator: ", ")
    }
    self.init(
      script: """
        \(Self.preamble(name, map.title, size: "820,720", marksMissing: true))
        set xlabel \(Self.quote(map.xLabel))
        set ylabel \(Self.quote(map.yLabel))
        set xrange [-0.5:\(Double(width) - 0.5)]
        set yrange [\(Double(map.rows.count) - 0.5):-0.5]
        set xtics (\(tics(map.columns))) scale 0
        set ytics (\(tics(map.rows))) scale 0
        set border 0
        set palette defined (0 '#F7FBFF', 0.5 '#6BAED6', 1 '#08306B')
        set cbrange [\(low.shortestText):\(top.shortestText)]
        set cbtics nomirror out
        unset key
        set style fill solid 1 noborder
        # A box a cell: a picture would close up where cells are empty.
        plot data skip 1 using 4:3:($4 - 0.5):($4 + 0.5):($3 - 0.5):($3 + 0.5):5 with boxxyerror fillcolor palette, \\
             data skip 1 using 4:3:($5 < \(middle) ? \(number) : '') with labels textcolor rgb '#202020', \\
             data skip 1 using 4:3:($5 >= \(middle) ? \(number) : '') with labels textcolor rgb '#FFFFFF'

        """,
      data: CSVWriter.text(rows))
  }
}
