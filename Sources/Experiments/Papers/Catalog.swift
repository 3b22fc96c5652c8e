import Attacks
import Bradshaw2017
import Contract
import FGSMTutorial
import Goodfellow2015
import Kos2017
import Models
import Papernot2016
import Stages
import Training

/// Every kind of stage there is.
///
/// A newcomer reads this after `experiments.yaml`.
package enum Catalog {
  /// The kinds, in the order of a paper's sections.
  package static let kinds: [any Stage.Type] = [
    MNISTStage.self, SyntheticDigitsStage.self, CIFAR10Stage.self, FashionMNISTStage.self,
    SVHNStage.self, CelebAStage.self, SemeionStage.self, AsDigits.self, WhiteningStage.self,
    Train.self, Craft.self,
    // Goodfellow, Shlens & Szegedy 2014
    SoftmaxConfidence.self, EpsilonSweep.self, RotationTable.self, WeightDecayComparison.self,
    Figure2.self, FirstStop.self, TransferTable.self, Figure3.self, ClassAgreement.self,
    EnsembleTable.self, LogitsAlongGradient.self, RubbishTable.self, FoolingImages.self,
    // Papernot and others 2016
    CraftingTable.self, CraftingPool.self, HardnessTable.self,
    CraftingGrid.self, ThreatTaxonomy.self,
    // Kos, Fischer & Song 2017
    VAETraining.self, VAEGANTraining.self, LatentClassifierTraining.self, VAEAttackTable.self,
    VAEAttackSummary.self, VAEFastGradientTable.self, PairAttack.self, CompressionScenario.self,
    PosteriorTable.self,
    // Bradshaw, Matthews & Ghahramani 2017
    HybridTraining.self, TrainingSizeTable.self, UncertaintyPlane.self,
    CarliniWagnerTable.self, AdversarialTransfer.self, AttackComparison.self,
    DomainShiftTable.self, CalibrationTable.self, UncertaintySweep.self, HybridFindings.self,
    // The FGSM tutorial
    TutorialTable.self,
  ]

  /// The pieces that options can name.
  package static let pieces: [any Piece.Type] =
    families.flatMap(\.pieces)

  /// The same with what they are called, family by family.
  package static let families: [(name: String, pieces: [any Piece.Type])] = [
    ("networks", NetworkCatalogue.networks.pieces),
    ("objectives", ObjectiveCatalogue.objectives.pieces),
    ("recipes", RecipeCatalogue.recipes.pieces),
    ("stopping rules", StoppingCatalogue.rules.pieces),
    ("sequels", SequelCatalogue.sequels.pieces),
    ("attacks", AttackCatalogue.attacks.pieces),
    ("norms", NormCatalogue.balls.pieces),
    ("criteria", CriterionCatalogue.criteria.pieces),
  ]

  /// The layers that networks can be made of.
  package static let layers: [any NetworkLayer.Type] = LayerCatalogue.layers

  /// The kind of that name, or nil.
  package static func kind(named name: String) -> (any Stage.Type)? {
    kinds.first { $0.kind == name }
  }
}
