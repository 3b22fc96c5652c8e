import Kernels
import Models

/// The classifier attack: the classifier of codes shall name the target, J = −log f_class(μ(x*))[t].
///
/// Kos, Fischer & Song 2017, §4.1.
package struct ClassifierAttack: GenerativeAttack {
  /// Images to classes: the encoder's mean, and on top of it the classifier of codes.
  package let victim: Classifier
  /// The class that each row shall be taken for.
  package let targets: [Int]

  package init(victim: Classifier, targets: [Int]) {
    self.victim = victim
    self.targets = targets
  }

  package func loss(at x: Tensor) -> LossValue { victim.loss(at: x, labels: targets) }
}
