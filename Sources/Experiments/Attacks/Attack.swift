import Kernels
import Models

/// Something that proposes a perturbed image for each image.
///
/// The evaluator judges what it proposes.
package protocol Attack: Sendable {
  /// What the attacker may do.
  var threatModel: any ThreatModel { get }

  /// A proposal for each row of `x: [n, features]`, images `rows` of their set, each with its aim. The
  /// proposal for an image must not depend on the others: whatever is random about it is addressed by
  /// its position in the set.
  func perturb(
    _ x: Tensor, rows: Range<Int>, aims: [Aim], against victim: some Victim, seed: Seed
  ) -> Tensor
}

extension Attack {
  /// A proposal for each row that shall be taken for any class but its true one.
  package func perturb(
    _ x: Tensor, rows: Range<Int>, labels: [Int], against victim: some Victim, seed: Seed
  ) -> Tensor {
    perturb(x, rows: rows, aims: labels.map { Aim(label: $0) }, against: victim, seed: seed)
  }
}
