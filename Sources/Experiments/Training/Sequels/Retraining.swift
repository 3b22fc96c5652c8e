import Contract
import Kernels
import Models

/// Starts afresh with all images, for as many epochs as the first stage took to its best by its first
/// watch.
///
/// Goodfellow, Shlens & Szegedy 2014, §6: the final procedure of adversarial training.
package struct Retraining: Sequel {
  /// The word that names it in the spec.
  package static let kind = "retrain"
  /// What it is.
  package static let summary =
    "afresh on all images, for as long as the best took (Goodfellow, Shlens & Szegedy 2014, §6)"

  /// Takes no options.
  package init(options: inout OptionReader) throws(OptionError) {}

  /// It must know which epoch was the best.
  package func objection(toWatches watches: [Watch.Subject]) -> String? {
    watches.isEmpty ? "it must know the best epoch, and nothing is watched" : nil
  }

  /// The same networks, but for the first.
  package func follow(_ first: FirstStage) throws(StageFailure) -> [FirstStage.Trained] {
    var ends = first.ends
    let context = first.desk.context
    let trainer = first.desk.trainer(
      first.recipe.lasting(ends[0].course.bestEpoch), first.objective, on: first.everything,
      watches: [], seed: context.seed.forked("retraining"))
    let state = try trainer.run(context.with(first.checkpoint("retraining")), from: first.start)
    ends[0].classifier = state.classifier
    ends[0].course.sequel = .retrained
    return ends
  }
}
