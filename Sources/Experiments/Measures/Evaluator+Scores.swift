import Attacks
import Contract
import Kernels
import Models

/// What a classifier's distributions are worth, on images as they are and under one-step attacks.
extension Evaluator {
  /// The scores on the images as they are.
  package func scores(of classifier: Classifier) throws(StageFailure) -> PredictiveScores {
    try requireImages()
    var scores = PredictiveScores()
    for range in batches {
      try scores.append(
        classifier.logProbabilities(pixels(range)), labels: Array(labels[range]))
    }
    return scores
  }

  /// The scores on what each of several one-step attacks makes of the images, projected and checked
  /// like every proposal: one gradient serves all.
  package func scores(
    of classifier: Classifier, byEach attacks: [some GradientStep]
  ) throws(StageFailure) -> [PredictiveScores] {
    try requireImages()
    var scores = attacks.map { _ in PredictiveScores() }
    for range in batches {
      let (x, truth) = (pixels(range), Array(labels[range]))
      let gradient = classifier.lossGradient(at: x, labels: truth)
      for (i, attack) in attacks.enumerated() {
        let image = try allowed(attack.step(from: x, along: gradient), around: x, by: attack)
        try scores[i].append(classifier.logProbabilities(image), labels: truth)
      }
    }
    return scores
  }
}
