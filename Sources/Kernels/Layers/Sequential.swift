/// Layers in order; itself a layer, so blocks nest.
public struct Sequential: Layer {
  /// The layers, the one that sees the input first.
  public let layers: [any Layer]

  /// Layers in order.
  public init(_ layers: [any Layer]) { self.layers = layers }

  /// The shapes of all layers’ weights, in order.
  public var weightShapes: [[Int]] { layers.flatMap(\.weightShapes) }

  /// The last output, and the way back through all layers.
  public func forward(_ x: Tensor, _ weights: ArraySlice<Tensor>, _ mode: Mode) -> Pass {
    var (y, unread, passes) = (x, weights, [Pass]())
    for (i, layer) in layers.enumerated() {
      let pass = layer.forward(y, take(layer, from: &unread), mode.forked(i))
      passes.append(pass)
      y = pass.output
    }
    let first = layers.firstIndex { !$0.weightShapes.isEmpty } ?? layers.count
    return Pass(output: y) { [passes] dy, wanted in
      var (gradient, dWeights) = (Optional(dy), [[Tensor]]())
      for (i, pass) in passes.enumerated().reversed() {
        // Below the first layer that has weights nobody needs a gradient of weights.
        guard let dy = gradient, wanted.includesInput || i >= first else { break }
        let step = pass.pullback(dy, wanted == .weights && i > first ? .inputAndWeights : wanted)
        gradient = step.dx
        dWeights.append(step.dWeights)
      }
      return (wanted.includesInput ? gradient : nil, dWeights.reversed().flatMap { $0 })
    }
  }

  /// The last output; those in between are let go.
  public func infer(_ x: Tensor, _ weights: ArraySlice<Tensor>) -> Tensor {
    var (y, unread) = (x, weights)
    for layer in layers { y = layer.infer(y, take(layer, from: &unread)) }
    return y
  }

  private func take(_ layer: any Layer, from unread: inout ArraySlice<Tensor>) -> ArraySlice<Tensor>
  {
    let count = layer.weightShapes.count
    precondition(
      unread.count >= count, "\(unread.count) weights are left for a layer that takes \(count)")
    defer { unread = unread.dropFirst(count) }
    return unread.prefix(count)
  }
}
