import Kernels

@testable import Models

/// A classifier that keeps a record of what an attack asks of it.
struct RecordingVictim: Victim {
  /// One forward pass and, if there was one, the largest gradient that was sent back.
  struct Call {
    let images: [Float]
    let rows: Int
    let labels: [Int]
    var sentBack: Float = 0
  }

  final class Log: @unchecked Sendable {
    // Unchecked: an attack asks its victim from the one thread that runs it.
    fileprivate(set) var calls: [Call] = []
  }

  let model: Classifier
  let log = Log()

  var classes: [Int] { model.classes }
  func answers(_ x: Tensor) -> [Classifier.Answer] { model.answers(x) }
  func lossGradient(at x: Tensor, labels: [Int]) -> Tensor {
    model.lossGradient(at: x, labels: labels)
  }

  func scored(_ x: Tensor) -> Scored {
    let scored = model.scored(x)
    let (log, call) = (log, log.calls.count)
    log.calls.append(
      Call(images: x.values, rows: x.shape[0], labels: scored.answers.map(\.label)))
    return Scored(
      pass: Pass(output: scored.pass.output) { dy, wanted in
        log.calls[call].sentBack = dy.largestMagnitude()
        return scored.pass.pullback(dy, wanted)
      }, answers: scored.answers)
  }
}
