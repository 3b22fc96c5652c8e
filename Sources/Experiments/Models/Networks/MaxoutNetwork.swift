import Kernels

/// The permutation-invariant maxout network of Goodfellow and others 2013 (`mnist_pi`), which the
/// adversarial-examples paper attacks: two hidden layers of maxout units and a softmax layer, with
/// dropout on the input and on the input of both later layers.
package struct MaxoutNetwork: Hashable, Sendable {
  /// Numbers that describe an image.
  package let pixels: Int
  /// Units of each hidden layer: 240 in the recipe.
  package let units: Int
  /// Affine maps a unit: 5 in the recipe.
  package let pieces: Int
  /// Probability that an input is kept: 0.8.
  ///
  /// Kept inputs are not rescaled.
  package let inputKeep: Float
  /// Probability that a hidden value is kept: 0.5.
  ///
  /// Kept values are divided by it. The recipe's file does not mention this dropout; it is its
  /// framework's default for every layer not named.
  package let hiddenKeep: Float

  /// A network of two equal hidden layers.
  package init(pixels: Int, units: Int, pieces: Int, inputKeep: Float, hiddenKeep: Float) {
    self.pixels = pixels
    self.units = units
    self.pieces = pieces
    self.inputKeep = inputKeep
    self.hiddenKeep = hiddenKeep
  }

  /// The layers, dropout included.
  package func architecture(classes: Int) -> Architecture {
    Architecture([
      Dropout(keep: inputKeep, scale: 1),
      Maxout(inputs: pixels, units: units, pieces: pieces),
      Dropout(keep: hiddenKeep, scale: 1 / hiddenKeep),
      Maxout(inputs: units, units: units, pieces: pieces),
      Dropout(keep: hiddenKeep, scale: 1 / hiddenKeep),
      Dense(inputs: units, outputs: classes),
    ])
  }

  /// Weights uniform in ±`range` (0.005 in the recipe), biases zero, in all three layers.
  package static func initialWeights(
    _ architecture: Architecture, range: Float, seed: Seed, in workspace: Workspace
  ) -> [Tensor] {
    architecture.network.weightShapes.enumerated().map { position, shape in
      shape.count == 1
        ? workspace.tensor(shape)
        : workspace.uniform(
          shape, from: -range, to: range, seed: seed.forked("weights").forked(position))
    }
  }
}
