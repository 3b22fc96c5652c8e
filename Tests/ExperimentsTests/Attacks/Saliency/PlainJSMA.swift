import Kernels

@testable import Attacks
@testable import Models

/// The saliency map attack on one image as plain loops: a Jacobian row a class, all pairs tried.
struct PlainJSMA {
  let attack: JSMA
  let model: Classifier

  /// The image as the attack leaves it, and the steps it took.
  func run(_ image: [Float], to target: Int) -> (pixels: [Float], steps: Int) {
    let (workspace, classes) = (ToyModels.workspace, model.classes.count)
    var pixels = image
    var open = image.map { UInt8(attack.isOpen($0) ? 1 : 0) }
    for step in 0...attack.steps {
      let pass = model.scored(workspace.tensor([1, pixels.count], pixels)).pass
      if pass.output.rowArgmax()[0] == target || step == attack.steps { return (pixels, step) }
      let rows = (0..<classes).map { k in
        var one = [Float](repeating: 0, count: classes)
        one[k] = 1
        return pass.inputGradient(workspace.tensor([1, classes], one)).values
      }
      let sign: Float = attack.direction == .increase ? 1 : -1
      let a = rows[target].map { sign * $0 }
      let b = pixels.indices.map { i in
        -sign * (0..<classes).filter { $0 != target }.reduce(Float(0)) { $0 + rows[$1][i] }
      }
      guard let chosen = choice(a, b, open) else { return (pixels, step) }
      for i in chosen {
        pixels[i] = attack.direction == .increase ? 1 : 0
        open[i] = 0
      }
    }
    return (pixels, attack.steps)
  }

  private func choice(_ a: [Float], _ b: [Float], _ open: [UInt8]) -> [Int]? {
    switch attack.map {
    case .pair: return Reference.bestPair(a, b, open: open).map { [$0.first, $0.second] }
    case .single:
      let fitting = a.indices.filter { open[$0] != 0 && a[$0] > 0 && b[$0] > 0 }
      return fitting.max { a[$0] * b[$0] < a[$1] * b[$1] }.map { [$0] }
    }
  }
}
