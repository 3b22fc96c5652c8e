import Testing

@testable import Kernels

@Suite struct OptimizerTests {
  @Test(arguments: Arrangement.all)
  func descentHasTheBitsOfThePlainLoop(_ arrangement: Arrangement) {
    let workspace = arrangement.workspace
    var plain = [noise(300 * 70, "w"), noise(300, "b")]
    var velocity = plain.map { [Float](repeating: 0, count: $0.count) }
    var weights = [workspace.tensor([300, 70], plain[0]), workspace.tensor([300], plain[1])]
    var sgd = SGD(weights: weights, columnNormCap: 4.5)
    for step in 0..<3 {
      let gradients = [noise(300 * 70, "dw \(step)"), noise(300, "db \(step)")]
      sgd.step(
        &weights, gradients: zip(weights, gradients).map { workspace.tensor($0.shape, $1) },
        learningRate: 0.3, momentum: 0.9)
      for (i, columns) in [70, 300].enumerated() {
        Reference.sgd(
          &plain[i], velocity: &velocity[i], gradient: gradients[i], columns: columns, rate: 0.3,
          momentum: 0.9, cap: i == 0 ? 4.5 : nil)
      }
      #expect(weights.map(\.values.bits) == plain.map(\.bits))
      #expect(sgd.velocity.map(\.values.bits) == velocity.map(\.bits))
    }
  }

  @Test(arguments: Arrangement.all)
  func promisedGradientsMoveTheWeightsAsWrittenOnesDo(_ arrangement: Arrangement) {
    let workspace = arrangement.workspace
    let layer = Maxout(inputs: 37, units: 21, pieces: 3)
    let start = layer.weightShapes.map { shape in
      workspace.tensor(shape, noise(shape.reduce(1, *), "\(shape)"))
    }
    let pass = layer.forward(
      workspace.tensor([19, 37], noise(19 * 37, "x")), start[...], .inference)
    let promised = pass.weightGradients(workspace.tensor([19, 21], noise(19 * 21, "dy")))
    #expect(promised[0].storage.promise != nil)
    let written = promised.map { workspace.tensor($0.shape, $0.values) }
    #expect(written[0].storage.promise == nil)
    let results = [promised, written].map { gradients in
      var (weights, sgd) = (start, SGD(weights: start, columnNormCap: 2))
      for _ in 0..<2 {
        sgd.step(&weights, gradients: gradients, learningRate: 0.3, momentum: 0.9)
      }
      return (weights + sgd.velocity).map(\.values.bits)
    }
    #expect(results[0] == results[1])
    #expect(results[0] != (start + start).map(\.values.bits))
  }

  /// Zeiler's algorithm 1, number by number.
  @Test(arguments: Arrangement.all)
  func adadeltaHasTheBitsOfThePlainLoop(_ arrangement: Arrangement) {
    let workspace = arrangement.workspace
    let count = 16384 + 37
    var w = noise(count, "w")
    var (s, a) = ([Float](repeating: 0, count: count), [Float](repeating: 0, count: count))
    var weights = [workspace.tensor([count], w)]
    var adadelta = Adadelta(weights: weights)
    for step in 0..<3 {
      let g = noise(count, "g \(step)")
      adadelta.step(&weights, gradients: [workspace.tensor([count], g)], learningRate: 0.7)
      let rest: Float = 1 - 0.9
      for i in 0..<count {
        s[i] = s[i] * 0.9 + g[i] * g[i] * rest
        let delta = (a[i] + 1e-6).squareRoot() / (s[i] + 1e-6).squareRoot() * g[i]
        a[i] = a[i] * 0.9 + delta * delta * rest
        w[i] -= delta * 0.7
      }
      #expect(weights[0].values.bits == w.bits)
    }
    #expect(adadelta.squares[0].values.bits == s.bits)
    #expect(adadelta.steps[0].values.bits == a.bits)
  }

  /// Each tensor may have its own cap and factor, and a kernel of four axes is a row an output.
  @Test func capsAndRatesCanDifferFromLayerToLayer() {
    let workspace = Workspace(threads: 1)
    let kernels = workspace.tensor([2, 1, 1, 2], [3, 4, 0.3, 0.4])
    var weights = [kernels, workspace.tensor([1, 2], [3, 4])]
    var sgd = SGD(weights: weights, normCaps: [1, nil], rateFactors: [0, 0.5])
    let ones = weights.map { workspace.tensor($0.shape, [Float](repeating: 1, count: $0.count)) }
    sgd.step(&weights, gradients: ones, learningRate: 2, momentum: 0)
    let fifth: Float = 1 / 5
    #expect(weights[0].values == [3 * fifth, 4 * fifth, 0.3, 0.4] as [Float])
    #expect(weights[1].values == [2, 3])
  }

  @Test func onlyRowsThatAreTooLongAreCappedAndBiasesNever() {
    let workspace = Workspace(threads: 1)
    var weights = [workspace.tensor([2, 2], [3, 4, 0.3, 0.4]), workspace.tensor([2], [30, 40])]
    var sgd = SGD(weights: weights, columnNormCap: 1)
    let none = weights.map { workspace.tensor($0.shape) }
    sgd.step(&weights, gradients: none, learningRate: 1, momentum: 0)
    let fifth: Float = 1 / 5
    #expect(weights[0].values == [3 * fifth, 4 * fifth, 0.3, 0.4] as [Float])
    #expect(weights[1].values == [30, 40])
  }

  @Test(arguments: Arrangement.all)
  func adamHasTheBitsOfThePlainLoop(_ arrangement: Arrangement) {
    let workspace = arrangement.workspace
    let count = elementRun + 37
    var plain = noise(count, "w")
    var (first, second) = ([Float](repeating: 0, count: count), [Float](repeating: 0, count: count))
    var weights = [workspace.tensor([count], plain)]
    var adam = Adam(weights: weights)
    for step in 1...3 {
      let gradient = noise(count, "g \(step)")
      adam.step(&weights, gradients: [workspace.tensor([count], gradient)], learningRate: 0.01)
      Reference.adam(
        &plain, first: &first, second: &second, gradient: gradient, step: step, rate: 0.01,
        beta1: 0.9, beta2: 0.999, epsilon: 1e-8)
      #expect(weights[0].values.bits == plain.bits)
    }
    #expect(adam.first[0].values.bits == first.bits && adam.second[0].values.bits == second.bits)
  }
}
