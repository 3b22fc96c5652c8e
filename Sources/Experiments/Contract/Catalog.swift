/// Every kind of stage there is.
///
/// A newcomer reads this after `experiments.yaml`.
public enum Catalog {
  /// The kinds, in the order of a paper's sections.
  public static let kinds: [any Stage.Type] = [
    MNISTStage.self, SyntheticDigitsStage.self,
    SoftmaxTraining.self, MaxoutTraining.self, LogisticTraining.self,
    AdversarialTraining.self, FirstStop.self, NoiseTraining.self,
    FGSMTable.self, SoftmaxConfidence.self, EpsilonSweep.self, Figure2.self,
    RBFTraining.self, ClassAgreement.self, EnsembleTable.self, LogitsAlongGradient.self,
    RubbishTable.self, RubbishTraining.self, FoolingImages.self,
  ]

  /// The kind of that name, or nil.
  public static func kind(named name: String) -> (any Stage.Type)? {
    kinds.first { $0.kind == name }
  }
}
