import Contract

/// What gnuplot draws of an artifact.
struct Drawing {
  /// What the picture shows, for the report.
  let caption: String
  private let describe: (String) -> GnuplotScript

  /// The drawing of a plot, a heat map or a map of the plane; nil for anything else.
  init?(_ artifact: Artifact) {
    switch artifact {
    case .plot(let plot):
      caption = plot.caption
      describe = { GnuplotScript(plot, name: $0) }
    case .heatMap(let map):
      caption = map.caption
      describe = { GnuplotScript(map, name: $0) }
    case .plane(let map):
      caption = map.caption
      describe = { GnuplotScript(map, name: $0) }
    case .tensors, .table, .images: return nil
    }
  }

  /// Its script and data under a file name without an ending.
  func script(named name: String) -> GnuplotScript { describe(name) }
}

extension Artifact.Form {
  /// Whether gnuplot draws it.
  var isDrawn: Bool { [.plot, .heatMap, .plane].contains(self) }
}
