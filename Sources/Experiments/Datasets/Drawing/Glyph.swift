/// A point on the paper: x to the right, y down.
struct PenPoint: Hashable, Sendable {
  var x: Float
  var y: Float

  static func + (a: PenPoint, b: PenPoint) -> PenPoint { PenPoint(x: a.x + b.x, y: a.y + b.y) }
  static func - (a: PenPoint, b: PenPoint) -> PenPoint { PenPoint(x: a.x - b.x, y: a.y - b.y) }
  static func * (a: PenPoint, s: Float) -> PenPoint { PenPoint(x: a.x * s, y: a.y * s) }
}

/// One movement of the pen: a smooth curve through its points that turns sharply only at corners.
struct Stroke: Hashable, Sendable {
  var points: [PenPoint]
  let corners: Set<Int>

  init(_ points: [(Float, Float)], corners: Set<Int> = []) {
    self.points = points.map { PenPoint(x: $0.0, y: $0.1) }
    self.corners = corners
  }

  /// The curve as a polyline with `steps` pieces between neighbouring points (Catmull and Rom's
  /// spline; at corners and ends the tangent follows the chord).
  func polyline(steps: Int) -> [PenPoint] {
    var line = [points[0]]
    line.reserveCapacity((points.count - 1) * steps + 1)
    for i in 0..<points.count - 1 {
      let (p, q) = (points[i], points[i + 1])
      let chord = q - p
      let leaving = i == 0 || corners.contains(i) ? chord : (q - points[i - 1]) * 0.5
      let arriving =
        i + 2 == points.count || corners.contains(i + 1) ? chord : (points[i + 2] - p) * 0.5
      for step in 1...steps {
        let t = Float(step) / Float(steps)
        let (t2, t3) = (t * t, t * t * t)
        let point = p * (2 * t3 - 3 * t2 + 1) + leaving * (t3 - 2 * t2 + t)
        line.append(point + q * (3 * t2 - 2 * t3) + arriving * (t3 - t2))
      }
    }
    return line
  }
}

/// One way to write a digit, in a box that reaches from 0 to 1 both ways.
struct Glyph: Hashable, Sendable {
  let strokes: [Stroke]

  init(_ strokes: Stroke...) { self.strokes = strokes }

  /// The ways to write each digit, 0 to 9; the first is the most common.
  static let digits: [[Glyph]] = [
    [
      Glyph(
        Stroke([
          (0.56, 0.03), (0.28, 0.16), (0.15, 0.50), (0.25, 0.84), (0.50, 0.97), (0.76, 0.82),
          (0.85, 0.48), (0.74, 0.14), (0.50, 0.02),
        ]))
    ],
    [
      Glyph(Stroke([(0.52, 0.02), (0.50, 0.50), (0.48, 0.98)])),
      Glyph(Stroke([(0.36, 0.20), (0.54, 0.02), (0.53, 0.50), (0.52, 0.98)], corners: [1])),
      Glyph(
        Stroke([(0.32, 0.20), (0.54, 0.02), (0.53, 0.50), (0.52, 0.97)], corners: [1]),
        Stroke([(0.27, 0.97), (0.52, 0.97), (0.78, 0.96)])),
    ],
    [
      Glyph(
        Stroke(
          [
            (0.18, 0.24), (0.33, 0.05), (0.62, 0.03), (0.78, 0.24), (0.66, 0.50), (0.40, 0.75),
            (0.15, 0.95), (0.50, 0.93), (0.87, 0.96),
          ], corners: [6])),
      Glyph(
        Stroke([
          (0.18, 0.22), (0.42, 0.03), (0.73, 0.13), (0.72, 0.40), (0.50, 0.70), (0.26, 0.93),
          (0.14, 0.86), (0.28, 0.77), (0.55, 0.89), (0.88, 0.92),
        ])),
    ],
    [
      Glyph(
        Stroke(
          [
            (0.20, 0.13), (0.48, 0.02), (0.75, 0.17), (0.68, 0.38), (0.42, 0.48), (0.72, 0.57),
            (0.82, 0.77), (0.58, 0.97), (0.30, 0.95), (0.15, 0.83),
          ], corners: [4])),
      Glyph(
        Stroke(
          [
            (0.20, 0.05), (0.48, 0.04), (0.78, 0.04), (0.45, 0.42), (0.73, 0.53), (0.80, 0.76),
            (0.57, 0.97), (0.30, 0.95), (0.15, 0.84),
          ], corners: [2, 3])),
    ],
    [
      Glyph(
        Stroke(
          [(0.28, 0.03), (0.22, 0.28), (0.18, 0.55), (0.50, 0.57), (0.88, 0.54)], corners: [2]),
        Stroke([(0.70, 0.12), (0.68, 0.52), (0.64, 0.98)])),
      Glyph(
        Stroke(
          [(0.66, 0.02), (0.42, 0.32), (0.14, 0.63), (0.50, 0.65), (0.90, 0.63)], corners: [2]),
        Stroke([(0.66, 0.03), (0.65, 0.50), (0.64, 0.98)])),
    ],
    [
      Glyph(
        Stroke(
          [
            (0.80, 0.05), (0.54, 0.05), (0.28, 0.05), (0.25, 0.25), (0.22, 0.45), (0.50, 0.38),
            (0.77, 0.52), (0.79, 0.76), (0.54, 0.96), (0.19, 0.90),
          ], corners: [2, 4])),
      Glyph(
        Stroke(
          [
            (0.30, 0.06), (0.26, 0.25), (0.23, 0.46), (0.52, 0.40), (0.78, 0.56), (0.76, 0.80),
            (0.50, 0.97), (0.18, 0.91),
          ], corners: [2]),
        Stroke([(0.30, 0.06), (0.55, 0.06), (0.82, 0.03)])),
    ],
    [
      Glyph(
        Stroke([
          (0.70, 0.03), (0.42, 0.20), (0.23, 0.50), (0.21, 0.79), (0.43, 0.97), (0.72, 0.88),
          (0.76, 0.66), (0.54, 0.53), (0.31, 0.62), (0.22, 0.80),
        ]))
    ],
    [
      Glyph(
        Stroke(
          [(0.15, 0.09), (0.50, 0.06), (0.84, 0.06), (0.60, 0.46), (0.42, 0.98)], corners: [2])),
      Glyph(
        Stroke(
          [(0.15, 0.08), (0.50, 0.06), (0.84, 0.05), (0.62, 0.46), (0.46, 0.98)], corners: [2]),
        Stroke([(0.34, 0.51), (0.56, 0.50), (0.78, 0.48)])),
    ],
    [
      Glyph(
        Stroke([
          (0.73, 0.14), (0.50, 0.02), (0.27, 0.14), (0.32, 0.36), (0.55, 0.50), (0.78, 0.72),
          (0.66, 0.94), (0.40, 0.97), (0.20, 0.78), (0.38, 0.56), (0.62, 0.38), (0.75, 0.20),
          (0.68, 0.09),
        ])),
      Glyph(
        Stroke([
          (0.52, 0.48), (0.28, 0.32), (0.32, 0.09), (0.56, 0.02), (0.75, 0.18), (0.66, 0.40),
          (0.48, 0.48),
        ]),
        Stroke([
          (0.50, 0.47), (0.24, 0.62), (0.21, 0.85), (0.48, 0.98), (0.76, 0.87), (0.77, 0.63),
          (0.52, 0.47),
        ])),
    ],
    [
      Glyph(
        Stroke(
          [
            (0.77, 0.20), (0.55, 0.03), (0.28, 0.12), (0.22, 0.35), (0.42, 0.50), (0.68, 0.40),
            (0.78, 0.16), (0.75, 0.55), (0.64, 0.98),
          ], corners: [6])),
      Glyph(
        Stroke(
          [
            (0.76, 0.20), (0.54, 0.03), (0.28, 0.12), (0.22, 0.34), (0.42, 0.50), (0.68, 0.40),
            (0.77, 0.16), (0.77, 0.60), (0.60, 0.94), (0.28, 0.91),
          ], corners: [6])),
    ],
  ]
}
