import Contract

extension GnuplotScript {
  /// Describes a map of the plane under a file name without its ending: one row of data a value, and
  /// after them one a data point, which alone has a class.
  init(_ map: PlaneMap, name: String) {
    var rows = [["x", "y", "value", "class"]]
    for (i, value) in map.values.enumerated() {
      rows.append(
        [map.coordinate(i % map.side), map.coordinate(i / map.side), value].map(\.shortestText)
          + ["nan"])
    }
    for mark in map.marks {
      rows.append([mark.x.shortestText, mark.y.shortestText, "nan", "\(mark.label)"])
    }
    let labels = Set(map.marks.map(\.label)).sorted()
    let colours = ["#E69F00", "#D55E00", "#CC79A7", "#F0E442", "#009E73"]
    let points = labels.map { label in
      "data skip 1 using ($4 == \(label) ? $1 : 1/0):2 with points pt \(5 + 2 * (label % 3)) ps 0.8"
        + " lc rgb '\(colours[label % colours.count])' title 'class \(label)'"
    }
    let ends = "\(map.range.lowerBound.shortestText):\(map.range.upperBound.shortestText)"
    let values = map.valueRange
    let first = 1 + map.values.count
    self.init(
      script: """
        \(Self.preamble(name, map.title, size: "620,540", marksMissing: true))
        set xrange [\(ends)]
        set yrange [\(ends)]
        set size square
        set palette defined (0 '#F7FBFF', 0.5 '#6BAED6', 1 '#08306B')
        set cbrange [\(values.lowerBound.shortestText):\(values.upperBound.shortestText)]
        set cblabel \(Self.quote(map.valueLabel))
        set key outside below horizontal
        plot \((["data every ::1::\(first - 1) using 1:2:3 with image notitle"] + points).joined(separator: ", \\\n     "))

        """,
      data: CSVWriter.text(rows))
  }
}
