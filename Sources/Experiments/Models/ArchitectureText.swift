import Kernels

extension Architecture.Step {
  /// The word of a step, such as `dense(240,10)`.
  package var text: String {
    let (name, numbers) = parts
    return numbers.isEmpty ? name : "\(name)(\(numbers.joined(separator: ",")))"
  }

  private var parts: (name: String, numbers: [String]) {
    func whole(_ numbers: Int...) -> [String] { numbers.map { "\($0)" } }
    switch self {
    case .dense(let inputs, let outputs): return ("dense", whole(inputs, outputs))
    case .maxout(let inputs, let units, let pieces):
      return ("maxout", whole(inputs, units, pieces))
    case .radial(let inputs, let outputs): return ("radial", whole(inputs, outputs))
    case .convolution(let c):
      return (
        "convolution",
        whole(c.channels, c.height, c.width, c.outputs, c.kernel, c.padding, c.stride)
      )
    case .pool(let p): return ("pool", whole(p.channels, p.height, p.width, p.window, p.stride))
    case .upsample(let u): return ("upsample", whole(u.channels, u.height, u.width, u.factor))
    case .channelMaxout(let m): return ("channel-maxout", whole(m.units, m.pieces, m.pixels))
    case .dropout(let keep, let scale): return ("dropout", ["\(keep)", "\(scale)"])
    case .channelDropout(let channels, let keep, let scale):
      return ("channel-dropout", ["\(channels)", "\(keep)", "\(scale)"])
    case .standardise(let mean, let deviation):
      return ("standardise", ["\(mean)", "\(deviation)"])
    case .relu: return ("relu", [])
    case .sigmoid: return ("sigmoid", [])
    case .tanh: return ("tanh", [])
    case .gaussianProcess(let g):
      return (
        "gaussian-process-\(g.covariance.rawValue)",
        whole(g.inputs, g.inducing, g.classes, g.isWhitened ? 1 : 0, g.nodes) + ["\(g.beta)"]
      )
    }
  }

  /// Reads a word; nil if it names no step or has sizes that no layer can have.
  package init?(text: String) {
    let parts = text.split(whereSeparator: { "(,)".contains($0) }).map(String.init)
    guard let name = parts.first, let step = Self.step(name, numbers: Array(parts.dropFirst()))
    else { return nil }
    self = step
  }

  private static func step(_ name: String, numbers: [String]) -> Self? {
    let n = numbers.compactMap { Int($0) }.filter { (0...1 << 20).contains($0) }
    let reals = numbers.compactMap { Float($0) }.filter(\.isFinite)
    let (areWhole, arePositive) = (n.count == numbers.count, n.allSatisfy { $0 > 0 })
    switch (name, numbers.count) {
    case ("dense", 2) where areWhole && arePositive: return .dense(inputs: n[0], outputs: n[1])
    case ("radial", 2) where areWhole && arePositive: return .radial(inputs: n[0], outputs: n[1])
    case ("maxout", 3) where areWhole && arePositive && n[2] <= 255:
      return .maxout(inputs: n[0], units: n[1], pieces: n[2])
    case ("convolution", 7)
    where areWhole && n[0] > 0 && n[1] > 0 && n[2] > 0 && n[3] > 0 && n[4] > 0 && n[6] > 0
      && min(n[1], n[2]) + 2 * n[5] >= n[4]:
      return .convolution(
        Conv2D(
          channels: n[0], height: n[1], width: n[2], outputs: n[3], kernel: n[4], padding: n[5],
          stride: n[6]))
    case ("pool", 5) where areWhole && arePositive && min(n[1], n[2]) >= n[3] && n[4] <= n[3]:
      return .pool(
        MaxPool2D(channels: n[0], height: n[1], width: n[2], window: n[3], stride: n[4]))
    case ("upsample", 4) where areWhole && arePositive && n[3] <= 16:
      return .upsample(Upsample2D(channels: n[0], height: n[1], width: n[2], factor: n[3]))
    case ("channel-maxout", 3) where areWhole && arePositive && n[1] <= 255:
      return .channelMaxout(MaxoutChannels(units: n[0], pieces: n[1], pixels: n[2]))
    case ("dropout", 2) where reals.count == 2 && (0...1).contains(reals[0]):
      return .dropout(keep: reals[0], scale: reals[1])
    case ("channel-dropout", 3)
    where reals.count == 3 && !n.isEmpty && n[0] > 0 && (0...1).contains(reals[1]):
      return .channelDropout(channels: n[0], keep: reals[1], scale: reals[2])
    case ("standardise", 2) where reals.count == 2 && reals[1] > 0:
      return .standardise(mean: reals[0], deviation: reals[1])
    case ("relu", 0): return .relu
    case ("sigmoid", 0): return .sigmoid
    case ("tanh", 0): return .tanh
    default: return gaussianProcess(name, numbers)
    }
  }

  private static func gaussianProcess(_ name: String, _ numbers: [String]) -> Self? {
    guard let covariance = Covariance.allCases.first(where: { name == "gaussian-process-\($0)" }),
      numbers.count == 6, let beta = Double(numbers[5]), beta > 0, beta < 1
    else { return nil }
    let n = numbers.prefix(5).compactMap { Int($0) }.filter { (0...1 << 20).contains($0) }
    guard n.count == 5, n[0] > 0, n[1] > 0, n[2] > 1, n[3] <= 1, (1...64).contains(n[4])
    else { return nil }
    return .gaussianProcess(
      GaussianProcess(
        inputs: n[0], inducing: n[1], classes: n[2], covariance: covariance, isWhitened: n[3] == 1,
        beta: beta, nodes: n[4]))
  }
}
