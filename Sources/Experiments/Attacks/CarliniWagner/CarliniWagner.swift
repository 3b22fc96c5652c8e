import Kernels
import Models

/// The L2 attack: makes ‖x′ − x‖² + c·max(gap, −κ) small, with the smallest c that works.
///
/// Carlini & Wagner 2017, §V.A and §VI.A. The gap is that of the scores before any softmax, x′ is
/// (tanh w + 1)/2, Adam moves w, and c is searched for each image by itself. Of all iterates that are
/// what the attacker wants, the nearest to the image is the proposal; where there is none, the image
/// itself is, and where the image is one already, too.
///
/// Nothing about it is random, and no image sees another: each has its own c, its own Adam and its own
/// end. Deviation: a goal of less confidence is pursued as misclassification.
package struct CarliniWagner: Attack, Hashable {
  /// κ, by how much the wrong class must be ahead, in units of the scores.
  package let confidence: Float
  /// How many values of c are tried.
  let searchSteps: Int
  /// Steps of Adam for each of them, at most.
  package let iterations: Int
  /// Adam's rate, in units of w.
  package let learningRate: Float
  /// The first c, of a distance in pixel units 0…1.
  let initialConstant: Double
  /// The box 0…1; any distance.
  package var threatModel: any ThreatModel { UnitBox() }

  /// An attack; the authors' program has 0, 9, 1,000 (the paper 10,000), 0.01 and 0.001.
  package init(
    confidence: Float = 0, searchSteps: Int = 9, iterations: Int = 1000,
    learningRate: Float = 0.01, initialConstant: Double = 1e-3
  ) {
    precondition(confidence >= 0, "κ cannot be \(confidence)")
    precondition(searchSteps > 0 && iterations > 0, "an attack without a step is none")
    self.confidence = confidence
    self.searchSteps = searchSteps
    self.iterations = iterations
    self.learningRate = learningRate
    self.initialConstant = initialConstant
  }

  /// The nearest adversarial example found for each row of `x: [n, pixels]`, in 0…1.
  package func perturb(
    _ x: Tensor, rows: Range<Int>, aims: [Aim], against victim: some Victim, seed: Seed
  ) -> Tensor {
    precondition(x.shape[0] == aims.count, "\(aims.count) aims for images of shape \(x.shape)")
    var run = CarliniWagnerRun(self, on: x, aims: aims, against: victim)
    return run.finished()
  }

  /// Whether an iterate is what is looked for: the answer is wanted, and by a lead of κ at least.
  package func isMet(_ aim: Aim, by answer: Classifier.Answer, _ gap: ScoreGap) -> Bool {
    aim.isMet(by: answer) && gap.isClosed(confidence: confidence)
  }
}
