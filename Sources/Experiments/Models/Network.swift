import Contract
import Kernels

/// An architecture and its numbers: one of the networks that a generative model is made of.
package struct Network: Sendable {
  package let architecture: Architecture
  /// The numbers, in the order of the architecture's weights.
  package let weights: [Tensor]
  /// The layers, ready to be applied.
  private let layers: Sequential

  /// A network from its parts, which must fit.
  package init(_ architecture: Architecture, _ weights: [Tensor]) {
    self.architecture = architecture
    self.weights = weights
    layers = architecture.network
    precondition(
      weights.map(\.shape) == layers.weightShapes,
      "weights of shapes \(weights.map(\.shape)) do not fit \(architecture.text)")
  }

  /// A network at the start of its training: weights normal with variance 2 / fan-in, which keeps the
  /// size of signals through rectifiers (He and others 2015), biases zero.
  ///
  /// The last layer takes a tenth of that: first answers are near 0, whatever the input.
  package init(startOf architecture: Architecture, seed: Seed, in workspace: Workspace) {
    let shapes = architecture.network.weightShapes
    let last = shapes.lastIndex { $0.count > 1 }
    let weights = shapes.enumerated().map { position, shape -> Tensor in
      guard shape.count > 1 else { return workspace.tensor(shape) }
      let deviation = (2 / Float(shape.dropFirst().reduce(1, *))).squareRoot()
      return workspace.normal(
        shape, mean: 0, deviation: position == last ? deviation / 10 : deviation,
        seed: seed.forked(position))
    }
    self.init(architecture, weights)
  }

  /// The output for a batch `x: [n, …]`.
  package func infer(_ x: Tensor) -> Tensor { layers.infer(x, weights[...]) }

  /// The output and the way back.
  package func forward(_ x: Tensor, _ mode: Mode = .inference) -> Pass {
    layers.forward(x, weights[...], mode)
  }

  /// The same network with other weights.
  package func with(_ weights: [Tensor]) -> Network { Network(architecture, weights) }
}

extension Network {
  /// The weights under PyTorch's names, with the architecture in the metadata.
  package var bundle: TensorBundle {
    TensorBundle(
      Dictionary(
        zip(architecture.weightNames, weights).map { name, tensor in
          (name, NumericArray(shape: tensor.shape, .float32(tensor.values)))
        }, uniquingKeysWith: { first, _ in first }),
      metadata: ["architecture": architecture.text])
  }

  /// Reads a network back; throws if the arrays do not fit the architecture.
  package init(_ bundle: TensorBundle, in workspace: Workspace) throws(StageFailure) {
    guard let architecture = bundle.metadata["architecture"].flatMap({ Architecture(text: $0) })
    else { throw StageFailure(.data, "these weights do not say what network they belong to") }
    var weights: [Tensor] = []
    for (name, shape) in zip(architecture.weightNames, architecture.network.weightShapes) {
      guard let array = bundle.arrays[name], array.shape == shape, let values = array.floats else {
        let found = bundle.arrays[name].map { "\($0.shape)" } ?? "nothing"
        throw StageFailure(
          .data, "the weights ‘\(name)’ should have shape \(shape); found \(found)")
      }
      weights.append(workspace.tensor(shape, values))
    }
    self.init(architecture, weights)
  }
}
