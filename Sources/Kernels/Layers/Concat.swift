/// Layers side by side: each sees the same input, and their outputs stand one after the other.
///
/// Input gradients are added in the order of the layers. Outputs are matrices with one row for each
/// row of the input, so that branches of images, channel by channel, are joined along the channels.
public struct Concat: Layer {
  /// The layers, the one whose output comes first in front.
  public let layers: [any Layer]

  /// Layers side by side; at least one.
  public init(_ layers: [any Layer]) {
    precondition(!layers.isEmpty, "no layers side by side have no output")
    self.layers = layers
  }

  /// The shapes of all layers’ weights, in order.
  public var weightShapes: [[Int]] { layers.flatMap(\.weightShapes) }

  /// The outputs side by side, and the way back through all layers.
  public func forward(_ x: Tensor, _ weights: ArraySlice<Tensor>, _ mode: Mode) -> Pass {
    let passes = zip(layers, shares(weights)).enumerated().map { i, branch in
      branch.0.forward(x, branch.1, mode.forked(i))
    }
    let outputs = passes.map(\.output)
    let widths = outputs.map(\.rowLength)
    return Pass(output: joinedColumns(outputs)) { [layers] dy, wanted in
      var (dx, dWeights, start) = (Tensor?.none, [Tensor](), 0)
      for (i, pass) in passes.enumerated() {
        defer { start += widths[i] }
        // A branch without weights has nothing to add to gradients of weights.
        if wanted == .weights && layers[i].weightShapes.isEmpty { continue }
        let step = pass.pullback(columnRange(start..<start + widths[i], of: dy), wanted)
        dWeights += step.dWeights
        if let own = step.dx { dx = dx.map { $0 + own } ?? own }
      }
      return (wanted.includesInput ? dx : nil, dWeights)
    }
  }

  /// The outputs side by side.
  public func infer(_ x: Tensor, _ weights: ArraySlice<Tensor>) -> Tensor {
    joinedColumns(zip(layers, shares(weights)).map { $0.infer(x, $1) })
  }

  private func shares(_ weights: ArraySlice<Tensor>) -> [ArraySlice<Tensor>] {
    var unread = weights
    return layers.map { layer in
      let count = layer.weightShapes.count
      precondition(
        unread.count >= count, "\(unread.count) weights are left for a layer that takes \(count)")
      defer { unread = unread.dropFirst(count) }
      return unread.prefix(count)
    }
  }
}
