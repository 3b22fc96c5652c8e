import Testing

@testable import Kernels

@Suite struct GaussianProcessTests {
  private static func layer(_ form: PosteriorForm) -> GaussianProcess {
    GaussianProcess(
      inputs: 6, inducing: 5, classes: 4, covariance: form.kind, isWhitened: form.isWhitened)
  }

  private static func weights(_ layer: GaussianProcess, in workspace: Workspace) -> [Tensor] {
    let (m, classes) = (layer.inducing, layer.classes)
    var factor = noise(classes * m * m, "f").map { $0 / 4 }
    for k in 0..<classes { for i in 0..<m { factor[(k * m + i) * m + i] += 0.8 } }
    return [
      workspace.tensor([m, 6], noise(m * 6, "z")),
      workspace.tensor([6], [0.1, -0.2, 0.3, 0, 0.2, -0.1]),
      workspace.tensor([1], [0.2]), workspace.tensor([classes, m], noise(classes * m, "m")),
      workspace.tensor([classes, m, m], factor),
    ]
  }

  @Test(arguments: PosteriorForm.all)
  func `probabilities add up to one, and rows do not see each other`(_ form: PosteriorForm) {
    let workspace = Workspace(threads: 2)
    let layer = Self.layer(form)
    let weights = Self.weights(layer, in: workspace)
    let x = workspace.tensor([9, 6], noise(54, "x"))
    let logs = layer.infer(x, weights[...])
    for sum in logs.exponentials().rowSums() { #expect(abs(sum - 1) < 2e-3) }
    for row in 0..<9 {
      let alone = layer.infer(x.rows(row..<row + 1), weights[...])
      #expect(alone.values.bits == Array(logs.values[row * 4..<(row + 1) * 4]).bits)
    }
  }

  @Test(arguments: Arrangement.all)
  func `no bit depends on the path or the threads`(_ arrangement: Arrangement) {
    let form = PosteriorForm(kind: .rbf, isWhitened: false)
    let layer = Self.layer(form)
    func bound(_ workspace: Workspace) -> GaussianProcess.Bound {
      layer.bound(
        workspace.tensor([33, 6], noise(198, "x")), Self.weights(layer, in: workspace)[...],
        labels: (0..<33).map { $0 % 4 }, of: 100)
    }
    let (ours, plain) = (
      bound(arrangement.workspace), bound(Workspace(threads: 1, simd: SIMDPath.available[0]))
    )
    #expect(ours.losses.bits == plain.losses.bits)
    #expect(ours.toCodes.values.bits == plain.toCodes.values.bits)
    #expect(ours.toWeights.map(\.values.bits) == plain.toWeights.map(\.values.bits))
  }

  @Test(arguments: PosteriorForm.all)
  func `the bound's slopes agree with finite differences`(_ form: PosteriorForm) {
    let workspace = Workspace(threads: 1)
    let layer = Self.layer(form)
    let weights = Self.weights(layer, in: workspace)
    let x = workspace.tensor([6, 6], noise(36, "x"))
    let labels = [0, 1, 2, 3, 1, 2]
    func loss(_ x: Tensor, _ weights: [Tensor]) -> Double {
      layer.bound(x, weights[...], labels: labels, of: 6).losses
        .reduce(0.0) { $0 + Double($1) } / 6
    }
    let bound = layer.bound(x, weights[...], labels: labels, of: 6)
    for (t, tensor) in ([x] + weights).enumerated() {
      let slopes = (t == 0 ? bound.toCodes : bound.toWeights[t - 1]).values
      for i in 0..<tensor.count {
        let h: Float = 1 / 1024
        func moved(_ step: Float) -> Double {
          var all = [x] + weights
          all[t].values[i] += step
          return loss(all[0], Array(all.dropFirst()))
        }
        let measured = (moved(h) - moved(-h)) / Double(2 * h)
        let tolerance = 2e-3 * (1 + abs(measured))
        #expect(abs(measured - Double(slopes[i])) < tolerance, "tensor \(t), number \(i)")
      }
    }
  }

  @Test(arguments: PosteriorForm.all)
  func `log-probabilities have the slopes of finite differences`(_ form: PosteriorForm) {
    let workspace = Workspace(threads: 1)
    let layer = Self.layer(form)
    let weights = Self.weights(layer, in: workspace)
    let x = workspace.tensor([5, 6], noise(30, "x"))
    let dy = noise(20, "dy")
    func value(_ x: Tensor) -> Double {
      zip(layer.infer(x, weights[...]).values, dy).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    let pass = layer.forward(x, weights[...], .inference)
    let slopes = pass.inputGradient(workspace.tensor([5, 4], dy)).values
    #expect(pass.weightGradients(workspace.tensor([5, 4], dy)).map(\.shape) == layer.weightShapes)
    for i in 0..<30 {
      let h: Float = 1 / 512
      var (up, down) = (x, x)
      up.values[i] += h
      down.values[i] -= h
      let measured = (value(up) - value(down)) / Double(2 * h)
      #expect(abs(measured - Double(slopes[i])) < 5e-3 * (1 + abs(measured)), "number \(i)")
    }
  }

  @Test func `without a Cholesky factor everything is not a number`() {
    let workspace = Workspace(threads: 1)
    let layer = Self.layer(PosteriorForm(kind: .rbf, isWhitened: false))
    var weights = Self.weights(layer, in: workspace)
    weights[0].values[0] = .nan
    let x = workspace.tensor([2, 6], noise(12, "x"))
    let pass = layer.forward(x, weights[...], .inference)
    #expect(pass.output.values.allSatisfy { $0.isNaN })
    let back = pass.pullback(workspace.tensor([2, 4]), .inputAndWeights)
    #expect(back.dx?.values.allSatisfy { $0.isNaN } == true)
    #expect(back.dWeights.map(\.shape) == layer.weightShapes)
    let bound = layer.bound(x, weights[...], labels: [0, 1], of: 2)
    #expect(bound.losses.allSatisfy { $0.isNaN } && !bound.toCodes.isFinite)
  }
}
