import Datasets
import Kernels

/// An autoencoder and a classifier of its codes, f_class: who reads what the receiver sees.
///
/// Kos, Fischer & Song 2017, §5.
package struct LatentReader: Sendable {
  package let model: Autoencoder
  /// Codes to classes.
  package let classifier: Classifier

  package init(model: Autoencoder, classifier: Classifier) {
    self.model = model
    self.classifier = classifier
  }

  /// Both at once, f_class(μ(x)), as a classifier of images.
  package var composite: Classifier {
    Classifier(
      architecture: Architecture(
        model.meanEncoder.architecture.layers + classifier.architecture.layers),
      weights: model.meanEncoder.weights + classifier.weights, head: classifier.head,
      classes: classifier.classes)
  }

  /// The class of each image after it has gone so many more times to its code and back.
  ///
  /// With one pass this is the paper's reconstruction feedback, ŷ = f_class(f_enc(x̂*)), where x̂* is the
  /// reconstruction.
  package func labels(_ x: Tensor, passes: Int) -> [Int] {
    let seen = (0..<passes).reduce(x) { x, _ in model.reconstruct(x) }
    return classifier.answers(model.code(seen)).map(\.label)
  }
}

/// Images as a classifier of codes is given them: the mean code of each.
package struct LatentEncoding: Encoding {
  package let model: Autoencoder

  package init(model: Autoencoder) {
    self.model = model
  }

  package func encode(_ images: LabelledImages, rows: [Int], in workspace: Workspace) -> Tensor {
    model.code(UnitRange().encode(images, rows: rows, in: workspace))
  }
}
