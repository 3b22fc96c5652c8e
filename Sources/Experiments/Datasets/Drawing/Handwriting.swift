import Kernels

/// How one image is written: everything that differs between two images of the same glyph.
///
/// Lengths are in pixels of a 28×28 picture, angles and shears are tangents. Only +, −, ×, ÷ and
/// square roots are used, which give the same bits on every machine.
struct Handwriting {
  /// How far a point of the pen strays, as a share of the glyph's box.
  private static let wobble: Float = 0.03

  private let height: Float
  private let width: Float
  private let slant: Float
  private let turn: Float
  private let shift: PenPoint
  private let bend: PenPoint
  private let swell: PenPoint
  /// Half the width of the line where the pen starts and where it ends.
  let radius: (start: Float, end: Float)
  /// The width of the grey seam between ink and paper.
  let seam: Float
  /// How dark the ink is, up to 1.
  let ink: Float

  init(_ draws: inout Draws) {
    height = 19.3 + 1.5 * draws.bell()
    width = height * (0.75 + 0.1 * draws.bell())
    slant = 0.08 + 0.16 * draws.bell()
    turn = 0.05 * draws.bell()
    shift = PenPoint(x: 1.0 * draws.bell(), y: 1.0 * draws.bell())
    bend = PenPoint(x: 1.0 * draws.bell(), y: 0.8 * draws.bell())
    swell = PenPoint(x: 0.9 * draws.bell(), y: 0.9 * draws.bell())
    let pen = 0.75 + 0.95 * draws.uniform()
    radius = (pen * (0.85 + 0.3 * draws.uniform()), pen * (0.85 + 0.3 * draws.uniform()))
    seam = 1 + 1.2 * draws.uniform()
    ink = 0.8 + 0.2 * draws.uniform()
  }

  /// The glyph's strokes as polylines in pixels, with every point of the pen off by a little.
  func lines(of glyph: Glyph, _ draws: inout Draws) -> [[PenPoint]] {
    glyph.strokes.map { stroke in
      var stroke = stroke
      for i in stroke.points.indices {
        // A pen strays most where it is set down and lifted.
        let isEnd = i == 0 || i == stroke.points.count - 1
        let reach = isEnd ? 1.6 * Self.wobble : Self.wobble
        stroke.points[i].x += reach * draws.bell()
        stroke.points[i].y += reach * draws.bell()
      }
      return stroke.polyline(steps: 8).map(place)
    }
  }

  /// From the glyph's box to the picture: bend, size, slant, turn, position.
  private func place(_ point: PenPoint) -> PenPoint {
    let (u, v) = (2 * point.x - 1, 2 * point.y - 1)
    var x = u * width / 2 + bend.x * (v * v - 0.4) + swell.x * u * v
    var y = v * height / 2 + bend.y * (u * u - 0.3) + swell.y * u * v
    x -= slant * y
    // A rotation by the angle whose half has the tangent `turn`, without sine and cosine.
    let norm = 1 + turn * turn
    let (cosine, sine) = ((1 - turn * turn) / norm, 2 * turn / norm)
    (x, y) = (cosine * x - sine * y, sine * x + cosine * y)
    return PenPoint(x: 14 + shift.x + x, y: 14 + shift.y + y)
  }
}

/// The random numbers of one image, used up in order.
struct Draws {
  private let seed: Seed
  private var next = 0

  init(_ seed: Seed) { self.seed = seed }

  /// Uniform in 0 ..< 1.
  mutating func uniform() -> Float {
    defer { next += 1 }
    return seed.uniform(at: next)
  }

  /// Mean 0, standard deviation 1, never beyond ±3: three uniform numbers added up.
  mutating func bell() -> Float { 2 * (uniform() + uniform() + uniform()) - 3 }

  /// A whole number in 0 ..< count.
  mutating func choice(of count: Int) -> Int { min(Int(uniform() * Float(count)), count - 1) }
}
