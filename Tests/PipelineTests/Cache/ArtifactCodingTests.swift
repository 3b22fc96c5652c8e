import Contract
import Testing

@testable import Pipeline

@Suite("Stored artifacts") struct ArtifactCodingTests {
  private static let artifacts: [Artifact] = [
    .tensors(
      TensorBundle(
        [
          "layers.0.weight": NumericArray(shape: [2, 2], .float32([1, -0.0, .infinity, .nan])),
          "labels": NumericArray(shape: [3], .uint8([0, 1, 255])),
          "counts": NumericArray(shape: [2], .int32([.min, .max])),
          "empty": NumericArray(shape: [0, 4], .float32([])),
          "one": NumericArray(shape: [], .float32([0.1])),
        ], metadata: ["architecture": "dense 2 2", "é": "\"\n"])),
    .tensors(TensorBundle([:])),
    .table(Table(caption: "Nothing.", columns: [])),
    .table(Table(caption: "No rows.", columns: [.init("a", "A", unit: "%", decimals: 2)])),
    .table(
      Table(
        caption: "Every cell — “quoted”.", columns: [.init("a", "A"), .init("b", "B")],
        rows: [
          [.text(""), .text("a,\"b\"\n")], [.integer(.max), .integer(.min)],
          [.number(0.1), .number(3)], [.number(.nan), .number(.infinity)],
          [.number(-.infinity), .number(-0.0)],
          [.number(.leastNonzeroMagnitude), .number(1.7976931348623157e308)],
          [.proportion(hits: 3, total: 7), .missing], [.number(1e16), .number(123456789012345680)],
        ])),
    .images(
      ImageGrid(
        caption: "Digits", height: 2, width: 3, columns: 2, pixels: Array(0..<18), boxed: [0, 2])),
    .images(
      ImageGrid(caption: "", height: 1, width: 1, channels: 3, columns: 1, pixels: [1, 2, 3])),
    .plot(
      Plot(
        caption: "c", title: "t", xLabel: "ε", yLabel: "%", yRange: 0...100,
        series: [
          .init("a", points: [.init(x: 0, y: 1), .init(x: 1, y: .nan, low: 0.5, high: .infinity)]),
          .init("b", style: .marks, points: []),
        ])),
    .plot(Plot(caption: "", title: "", xLabel: "", yLabel: "", series: [])),
    .heatMap(
      HeatMap(
        caption: "c", title: "t", xLabel: "x", yLabel: "y", columns: ["a", "b"], rows: ["“1”"],
        values: [0.1, nil], decimals: 2)),
    .plane(
      PlaneMap(
        caption: "c", title: "t", valueLabel: "nats", valueRange: 0...1.5, range: -1...2, side: 2,
        values: [0.1, 0.2, 0.3, 1e-300], marks: [.init(x: 0.5, y: -0.25, label: 2)])),
  ]

  @Test(arguments: artifacts.indices)
  func `an artifact reads back to the bit`(i: Int) throws {
    let artifact = Self.artifacts[i]
    let bytes = artifact.stored
    let read = try Artifact(stored: bytes)
    #expect(read.form == artifact.form)
    #expect(read.stored == bytes)
    // What is not a number equals nothing, so these two are compared by their bytes alone.
    if ![0, 4, 7].contains(i) { #expect(read == artifact) }
  }

  @Test func `no two of them share their bytes`() {
    #expect(Set(Self.artifacts.map(\.stored)).count == Self.artifacts.count)
  }

  @Test func `numbers that JSON cannot say come back`() throws {
    guard case .table(let table) = try Artifact(stored: Self.artifacts[4].stored),
      case .number(let nan) = table.rows[3][0], case .number(let zero) = table.rows[4][1]
    else {
      Issue.record("the table did not come back")
      return
    }
    #expect(nan.isNaN)
    #expect(table.rows[3][1] == .number(.infinity))
    #expect(zero.sign == .minus)
    #expect(table.rows[0] == [.text(""), .text("a,\"b\"\n")])
    #expect(table.rows[2] == [.number(0.1), .number(3)])
    #expect(table.rows[6] == [.proportion(hits: 3, total: 7), .missing])
  }

  @Test func `garbage is refused, never fatal`() {
    var random = SplitMix(state: 11)
    var survivors = 0
    for artifact in Self.artifacts {
      let whole = artifact.stored
      for _ in 0..<400 {
        var bytes = whole
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes.removeLast(Int.random(in: 0...bytes.count, using: &random))
        case 1:
          for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(
              in: 0...255, using: &random)
          }
        default:
          let digits = Array("0123456789-[]{}\",".utf8)
          bytes[Int.random(in: 0..<bytes.count, using: &random)] =
            digits[Int.random(in: 0..<digits.count, using: &random)]
        }
        if let read = try? Artifact(stored: bytes) {
          survivors += 1
          _ = read.stored
        }
      }
    }
    #expect(survivors < Self.artifacts.count * 400)
  }

  @Test(arguments: [
    ["columns": "0"], ["columns": "-1"], ["columns": "x"], ["columns": "2", "boxed": "a b"],
  ])
  func `pictures that say nonsense are plain arrays or pictures, never fatal`(
    words: [String: String]
  ) throws {
    for shape in [[1, 2, 2, 1], [1, 2, 2, 2], [0, 2, 2, 1], [4]] {
      let pixels = NumericArray(
        shape: shape, .uint8([UInt8](repeating: 1, count: shape.reduce(1, *))))
      let bundle = TensorBundle(
        ["pixels": pixels], metadata: words.merging(["artifact": "images"]) { $1 })
      let read = try Artifact(stored: Safetensors.encode(bundle))
      #expect(read.form == .tensors || (shape == [1, 2, 2, 1] && words["columns"] == "2"))
    }
  }
}
