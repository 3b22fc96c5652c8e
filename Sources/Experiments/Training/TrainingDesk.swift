import Contract
import Datasets
import Kernels
import Measures
import Models

/// What every training on a data set starts from: its images, and who judges them.
package struct TrainingDesk {
  /// The data set.
  package let digits: DigitImages
  /// The classes to be told apart, in the order of their labels.
  package let classes: [Int]
  /// Training images of these classes.
  package let images: LabelledImages
  /// Validation images of these classes.
  package let heldOut: LabelledImages
  /// Judges them.
  package let validation: Evaluator
  let context: StageContext
  private let encoding: any Encoding

  /// Reads the data set in the slot `data`; nil for `classes` takes all it has.
  package init(
    _ context: StageContext, classes: [Int]? = nil, encoding: any Encoding = UnitRange()
  ) throws(StageFailure) {
    self.encoding = encoding
    digits = try context.input("data").digits()
    self.classes = classes ?? Array(0..<digits.train.classes)
    images = digits.train.showing(classes)
    heldOut = digits.validation.showing(classes)
    validation = Evaluator(
      digits.validation, for: self.classes, encoding: encoding, in: context.workspace)
    self.context = context
  }

  /// A trainer on these images, or on `others`.
  package func trainer(
    _ recipe: TrainingRecipe, _ objective: any Objective = CleanObjective(),
    on others: LabelledImages? = nil, watches: [Watch]? = nil, seed: Seed? = nil
  ) -> Trainer {
    Trainer(
      recipe, objective, on: others ?? images, validation: validation, watches: watches,
      classes: classes, seed: seed ?? context.seed, workspace: context.workspace)
  }

  /// Judges some of the images of the data set.
  package func evaluator(_ images: LabelledImages) -> Evaluator {
    Evaluator(images, for: classes, encoding: encoding, in: context.workspace)
  }
}

extension LabelledImages {
  /// The images of these classes; nil for all.
  fileprivate func showing(_ classes: [Int]?) -> LabelledImages {
    classes.map { subset(indices(ofClasses: Set($0.map(UInt8.init)))) } ?? self
  }
}
