import Contract
import Kernels

/// A generative training's state as one artifact, exact to the bit.
extension GenerativeTrainer.State {
  /// The weights, what Adam remembers of each, and the curve.
  package var bundle: TensorBundle {
    var bundle = TensorBundle(
      [:],
      metadata: [
        "steps": "\(optimizers.first?.steps ?? 0)",
        "curve": curve.joined().map { "\($0.bitPattern)" }.joined(separator: " "),
      ])
    for (i, network) in networks.enumerated() {
      bundle.add("weights.\(i)", network.weights)
      bundle.add("first.\(i)", optimizers[i].first)
      bundle.add("second.\(i)", optimizers[i].second)
    }
    return bundle
  }

  /// Goes on from a checkpoint; nil if it does not fit, which only costs time.
  package init?(_ bundle: TensorBundle, for start: Self, _ measures: Int) {
    let numbers = (bundle.metadata["curve"] ?? "").split(separator: " ")
      .compactMap { UInt64($0).map(Double.init(bitPattern:)) }
    guard let steps = bundle.metadata["steps"].flatMap({ Int($0) }), measures > 0,
      numbers.count % measures == 0
    else { return nil }
    networks = []
    optimizers = []
    for (i, network) in start.networks.enumerated() {
      guard let weights = bundle.tensors("weights.\(i)", like: network.weights),
        let first = bundle.tensors("first.\(i)", like: network.weights),
        let second = bundle.tensors("second.\(i)", like: network.weights)
      else { return nil }
      networks.append(network.with(weights))
      optimizers.append(
        Adam(first: first, second: second, steps: steps, beta1: start.optimizers[i].beta1))
    }
    curve = stride(from: 0, to: numbers.count, by: measures).map {
      Array(numbers[$0..<$0 + measures])
    }
  }
}
