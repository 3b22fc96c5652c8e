import Contract

/// Artifacts as stored bytes: arrays and pictures as safetensors, tables and plots as JSON.
///
/// The first byte tells them apart, so that a stored file can also be read by hand: JSON starts
/// with `{`, safetensors with the low byte of a length, and pictures say so in their metadata.
extension Artifact {
  /// The artifact as bytes; equal artifacts give equal bytes.
  var stored: [UInt8] {
    switch self {
    case .tensors(let bundle): Safetensors.encode(bundle)
    case .images(let grid): Safetensors.encode(grid.bundle)
    case .table(let table): Array(JSON.object([("table", table.json)]).text(pretty: false).utf8)
    case .plot(let plot): Array(JSON.object([("plot", plot.json)]).text(pretty: false).utf8)
    case .heatMap(let map): Array(JSON.object([("heat-map", map.json)]).text(pretty: false).utf8)
    case .plane(let map): Array(JSON.object([("plane", map.json)]).text(pretty: false).utf8)
    }
  }

  /// An artifact from stored bytes.
  init(stored bytes: [UInt8]) throws {
    if bytes.starts(with: Array("{\"".utf8)) {
      let json = try JSON.parse(bytes)
      if let table = json["table"].flatMap(Table.init(json:)) {
        self = .table(table)
      } else if let plot = json["plot"].flatMap(Plot.init(json:)) {
        self = .plot(plot)
      } else if let map = json["heat-map"].flatMap(HeatMap.init(json:)) {
        self = .heatMap(map)
      } else if let map = json["plane"].flatMap(PlaneMap.init(json:)) {
        self = .plane(map)
      } else {
        throw Unreadable()
      }
    } else {
      let bundle = try Safetensors.decode(bytes)
      self = ImageGrid(bundle: bundle).map { .images($0) } ?? .tensors(bundle)
    }
  }

  /// Stored bytes that are no artifact: written by another version.
  struct Unreadable: Error, CustomStringConvertible {
    var description: String {
      "stored bytes are neither a table, a plot, a heat map, pictures nor arrays"
    }
  }
}

extension ImageGrid {
  fileprivate var bundle: TensorBundle {
    TensorBundle(
      ["pixels": NumericArray(shape: [count, height, width, channels], .uint8(pixels))],
      metadata: [
        "artifact": "images", "caption": caption, "columns": "\(columns)",
        "boxed": boxed.sorted().map(String.init).joined(separator: " "),
      ])
  }

  fileprivate init?(bundle: TensorBundle) {
    guard bundle.metadata["artifact"] == "images", let array = bundle.arrays["pixels"],
      array.shape.count == 4, array.shape.allSatisfy({ $0 > 0 }), let pixels = array.bytes,
      [1, 3].contains(array.shape[3]),
      let columns = bundle.metadata["columns"].flatMap({ Int($0) }), columns > 0
    else { return nil }
    self.init(
      caption: bundle.metadata["caption"] ?? "", height: array.shape[1], width: array.shape[2],
      channels: array.shape[3], columns: columns, pixels: pixels,
      boxed: Set((bundle.metadata["boxed"] ?? "").split(separator: " ").compactMap { Int($0) }))
  }
}

extension Table {
  fileprivate var json: JSON {
    .object([
      ("caption", .string(caption)),
      (
        "columns",
        .array(
          columns.map {
            .object([
              ("name", .string($0.name)), ("title", .string($0.title)),
              ("unit", $0.unit.map { .string($0) } ?? .null),
              ("decimals", $0.decimals.map { .int($0) } ?? .null),
            ])
          })
      ),
      ("rows", .array(rows.map { .array($0.map(\.json)) })),
    ])
  }

  fileprivate init?(json: JSON) {
    guard let caption = json["caption"]?.string, let columns = json["columns"]?.array,
      let rows = json["rows"]?.array
    else { return nil }
    let headers = columns.compactMap { column -> Column? in
      guard let name = column["name"]?.string, let title = column["title"]?.string else {
        return nil
      }
      return Column(
        name, title, unit: column["unit"]?.string, decimals: column["decimals"]?.int)
    }
    let cells = rows.compactMap { row in row.array?.compactMap(Cell.init(json:)) }
    guard headers.count == columns.count, cells.count == rows.count,
      cells.allSatisfy({ $0.count == headers.count })
    else { return nil }
    self.init(caption: caption, columns: headers, rows: cells)
  }
}

extension Table.Cell {
  fileprivate var json: JSON {
    switch self {
    case .text(let text): .string(text)
    case .integer(let value): .int(value)
    case .number(let value): .object([("number", .number(value))])
    case .proportion(let hits, let total): .array([.int(hits), .int(total)])
    case .missing: .null
    }
  }

  fileprivate init?(json: JSON) {
    switch json {
    case .string(let text): self = .text(text)
    case .int(let value): self = .integer(value)
    case .null: self = .missing
    case .array(let counts):
      guard counts.count == 2, let hits = counts[0].int, let total = counts[1].int else {
        return nil
      }
      self = .proportion(hits: hits, total: total)
    default:
      guard let number = json["number"]?.exactNumber else { return nil }
      self = .number(number)
    }
  }
}

extension Plot {
  fileprivate var json: JSON {
    .object([
      ("caption", .string(caption)), ("title", .string(title)), ("x", .string(xLabel)),
      ("y", .string(yLabel)),
      ("range", yRange.map { .array([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null),
      (
        "series",
        .array(
          series.map { series in
            .object([
              ("name", .string(series.name)), ("style", .string(series.style.rawValue)),
              ("points", .array(series.points.map(\.json))),
            ])
          })
      ),
    ])
  }

  fileprivate init?(json: JSON) {
    guard let caption = json["caption"]?.string, let title = json["title"]?.string,
      let x = json["x"]?.string, let y = json["y"]?.string, let list = json["series"]?.array
    else { return nil }
    let series = list.compactMap { item -> Series? in
      guard let name = item["name"]?.string,
        let style = item["style"]?.string.flatMap(Style.init(rawValue:)),
        let points = item["points"]?.array
      else { return nil }
      let read = points.compactMap(Point.init(json:))
      return read.count == points.count ? Series(name, style: style, points: read) : nil
    }
    guard series.count == list.count else { return nil }
    let ends = json["range"]?.array?.compactMap(\.exactNumber) ?? []
    let range = ends.count == 2 && ends[0] <= ends[1] ? ends[0]...ends[1] : nil
    self.init(
      caption: caption, title: title, xLabel: x, yLabel: y, yRange: range, series: series)
  }
}

extension Plot.Point {
  fileprivate var json: JSON {
    .array([x, y].map { .number($0) } + [low, high].map { $0.map { .number($0) } ?? .null })
  }

  fileprivate init?(json: JSON) {
    guard let values = json.array, values.count == 4, let x = values[0].exactNumber,
      let y = values[1].exactNumber
    else { return nil }
    self.init(x: x, y: y, low: values[2].exactNumber, high: values[3].exactNumber)
  }
}

extension HeatMap {
  fileprivate var json: JSON {
    .object([
      ("caption", .string(caption)), ("title", .string(title)), ("x", .string(xLabel)),
      ("y", .string(yLabel)), ("columns", .array(columns.map { .string($0) })),
      ("rows", .array(rows.map { .string($0) })),
      ("values", .array(values.map { $0.map { .number($0) } ?? .null })),
      ("decimals", .int(decimals)),
    ])
  }

  fileprivate init?(json: JSON) {
    guard let caption = json["caption"]?.string, let title = json["title"]?.string,
      let x = json["x"]?.string, let y = json["y"]?.string,
      let columns = json["columns"]?.array?.compactMap(\.string),
      let rows = json["rows"]?.array?.compactMap(\.string), let cells = json["values"]?.array,
      let decimals = json["decimals"]?.int, !cells.isEmpty,
      cells.count == columns.count * rows.count
    else { return nil }
    self.init(
      caption: caption, title: title, xLabel: x, yLabel: y, columns: columns, rows: rows,
      values: cells.map(\.exactNumber), decimals: decimals)
  }
}

extension JSON {
  /// A number that may also be infinite or undefined, which JSON itself cannot say.
  fileprivate static func number(_ value: Double) -> JSON {
    value.isFinite ? .double(value) : .string("\(value)")
  }

  /// The number written by `number`.
  fileprivate var exactNumber: Double? { double ?? string.flatMap { Double($0) } }
}

extension PlaneMap {
  fileprivate var json: JSON {
    .object([
      ("caption", .string(caption)), ("title", .string(title)), ("label", .string(valueLabel)),
      ("low", .number(valueRange.lowerBound)), ("high", .number(valueRange.upperBound)),
      ("from", .number(range.lowerBound)), ("to", .number(range.upperBound)), ("side", .int(side)),
      ("values", .array(values.map { .number($0) })),
      ("marks", .array(marks.map { .array([.number($0.x), .number($0.y), .int($0.label)]) })),
    ])
  }

  fileprivate init?(json: JSON) {
    guard let caption = json["caption"]?.string, let title = json["title"]?.string,
      let label = json["label"]?.string, let low = json["low"]?.exactNumber,
      let high = json["high"]?.exactNumber, let from = json["from"]?.exactNumber,
      let to = json["to"]?.exactNumber, let side = json["side"]?.int, side >= 2, low <= high,
      from <= to, let values = json["values"]?.array?.compactMap(\.exactNumber),
      values.count == side * side, let marks = json["marks"]?.array
    else { return nil }
    self.init(
      caption: caption, title: title, valueLabel: label, valueRange: low...high, range: from...to,
      side: side, values: values,
      marks: marks.compactMap { mark in
        guard let parts = mark.array, parts.count == 3, let x = parts[0].exactNumber,
          let y = parts[1].exactNumber, let label = parts[2].int
        else { return nil }
        return Mark(x: x, y: y, label: label)
      })
  }
}
