import Contract
import Kernels
import Models
import Training

/// The 2013 recipe of the maxout network (`mnist_pi`), which all maxout networks of the paper share.
///
/// Sizes, dropout, the start and the first stage of training are read from the options; whether these
/// are the published values can be asked.
struct MaxoutRecipe: Hashable, Sendable {
  /// Maxout units in each of the two hidden layers.
  let units: Int
  let training: TrainingRecipe
  private let pieces: Int
  private let inputKeep: Double
  private let hiddenKeep: Double
  private let initialRange: Double

  /// Reads the sizes, the dropout, the start and a training recipe.
  init(_ options: inout OptionReader) throws(OptionError) {
    units = try options.int("units", in: 1...10_000)
    pieces = try options.int("pieces", in: 1...64)
    inputKeep = try options.double("input-keep", in: 0.01...1)
    hiddenKeep = try options.double("hidden-keep", in: 0.01...1)
    initialRange = try options.double("initial-range", in: 0...1)
    training = try TrainingRecipe(&options)
  }

  /// The network before its training, with a softmax as in the paper or another head.
  func start(
    _ desk: TrainingDesk, head: Classifier.Head = .softmax, _ context: StageContext
  ) -> Classifier {
    let architecture = MaxoutNetwork(
      pixels: desk.images.pixelsPerImage, units: units, pieces: pieces,
      inputKeep: Float(inputKeep), hiddenKeep: Float(hiddenKeep)
    ).architecture(classes: desk.classes.count)
    return Classifier(
      architecture: architecture,
      weights: MaxoutNetwork.initialWeights(
        architecture, range: Float(initialRange), seed: context.seed, in: context.workspace),
      head: head, classes: desk.classes)
  }

  /// Whether all values are those of the published recipe, whose networks have 240 units or 1600.
  var isPublished: Bool {
    [240, 1600].contains(units) && pieces == 5 && inputKeep == 0.8 && hiddenKeep == 0.5
      && initialRange == 0.005
      && training.batch == 100 && training.learningRate == 0.1 && training.decay == 1.000004
      && training.firstMomentum == 0.5 && training.lastMomentum == 0.7
      && training.momentumEpochs == 250 && training.normCap == 1.9365 && training.patience == 100
  }
}
