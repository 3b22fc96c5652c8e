import Kernels
import Models

/// Many images on their way at once: an image leaves when its attack ends and the next takes its
/// place, so that the batch stays full and memory does not grow with the number of images.
///
/// No image sees the others: derivatives are taken row by row.
package struct SaliencyRun<Target: Victim> {
  /// An image to be attacked.
  package struct Job {
    /// Whatever the caller knows it by.
    package let id: Int
    package let aim: Aim
    /// Pixel values 0…1.
    package let pixels: [Float]

    package init(id: Int, aim: Aim, pixels: [Float]) {
      self.id = id
      self.aim = aim
      self.pixels = pixels
    }
  }

  /// Why an attack ended.
  package enum Reason: Int, Hashable, Sendable {
    /// The victim's answer is what was wanted.
    case reached
    /// Nothing admissible was left to change.
    case stuck
    /// The budget is spent.
    case spent
  }

  /// An image whose attack has ended.
  package struct End {
    package let id: Int
    package let aim: Aim
    package let pixels: [Float]
    /// Steps made.
    package let steps: Int
    package let reason: Reason
  }

  private struct Lane {
    let id: Int
    let aim: Aim
    var target: Int?
    var steps = 0
  }

  private let attack: JSMA
  private let victim: Target
  private let width: Int
  private let workspace: Workspace
  private let capacity: Int
  private var lanes: [Lane] = []
  private var pixels: [Float] = []
  private var open: [UInt8] = []

  /// A run of at most `capacity` images of `width` pixels at a time, which no result depends on.
  package init(
    _ attack: JSMA, against victim: Target, width: Int, in workspace: Workspace,
    capacity: Int = 256
  ) {
    self.attack = attack
    self.victim = victim
    self.width = width
    self.workspace = workspace
    self.capacity = capacity
  }

  /// Attacks all that `next` gives until it gives nothing more; ends come in no particular order.
  package mutating func drain(
    _ next: () throws -> Job?, finished: (End) throws -> Void
  ) rethrows {
    var isExhausted = false
    while true {
      while !isExhausted, lanes.count < capacity {
        if let job = try next() { admit(job) } else { isExhausted = true }
      }
      guard !lanes.isEmpty else { return }
      let reasons = step()
      // From the last to the first, so that the lane that takes an empty place has been looked at.
      for lane in reasons.indices.reversed() {
        guard let reason = reasons[lane] else { continue }
        try finished(
          End(
            id: lanes[lane].id, aim: lanes[lane].aim, pixels: Array(pixels[row(lane)]),
            steps: lanes[lane].steps, reason: reason))
        remove(lane)
      }
    }
  }

  private func row(_ lane: Int) -> Range<Int> { lane * width..<(lane + 1) * width }

  private mutating func admit(_ job: Job) {
    precondition(
      job.pixels.count == width, "\(job.pixels.count) pixels were given where \(width) belong")
    lanes.append(Lane(id: job.id, aim: job.aim, target: job.aim.target))
    pixels += job.pixels
    open += job.pixels.map { attack.isOpen($0) ? 1 : 0 }
  }

  /// Takes the last lane into the place of one that is done.
  private mutating func remove(_ lane: Int) {
    let last = lanes.count - 1
    if lane != last {
      lanes[lane] = lanes[last]
      pixels.replaceSubrange(row(lane), with: Array(pixels[row(last)]))
      open.replaceSubrange(row(lane), with: Array(open[row(last)]))
    }
    lanes.removeLast()
    pixels.removeLast(width)
    open.removeLast(width)
  }

  /// One step of every lane; why each ended, or nil for those that go on.
  private mutating func step() -> [Reason?] {
    let scored = victim.scored(workspace.tensor([lanes.count, width], pixels))
    let classes = scored.pass.output.shape[1]
    var reasons = [Reason?](repeating: nil, count: lanes.count)
    for (i, lane) in lanes.enumerated() {
      if lane.aim.isMet(by: scored.answers[i]) {
        reasons[i] = .reached
      } else if lane.steps == attack.steps {
        reasons[i] = .spent
      }
    }
    aimAtRunnersUp(scored.pass.output.values, classes)
    let (own, others) = scored.saliency(
      towards: lanes.map { $0.target ?? 0 }, attack.direction)
    let chosen = attack.map.chosen(own, others, open: open)
    for i in lanes.indices where reasons[i] == nil {
      guard !chosen[i].isEmpty else {
        reasons[i] = .stuck
        continue
      }
      for pixel in chosen[i] {
        pixels[i * width + pixel] = attack.direction.end
        open[i * width + pixel] = 0
      }
      lanes[i].steps += 1
    }
    return reasons
  }

  /// Lanes without a class to aim at take the one with the highest score that is not the true one,
  /// and keep it.
  private mutating func aimAtRunnersUp(_ scores: [Float], _ classes: Int) {
    for (i, lane) in lanes.enumerated() where lane.target == nil {
      let others = (0..<classes).filter { $0 != lane.aim.label }
      lanes[i].target = others.max { scores[i * classes + $0] < scores[i * classes + $1] }
    }
  }
}
