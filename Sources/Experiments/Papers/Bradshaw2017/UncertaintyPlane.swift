import Contract
import Datasets
import Kernels
import Measures
import Models

/// How sure four kinds of models are near and far from the few points of the plane they have learnt from.
///
/// Bradshaw, Matthews & Ghahramani 2017, the pictures in two dimensions; their data were not seen, so
/// three groups of points are drawn here.
package struct UncertaintyPlane: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "uncertainty-plane"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Predictive entropy over the plane, near and far from the data (Bradshaw and others 2017)."
  /// It draws its own data.
  package static let inputs: [InputSlot] = []
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table("entropy", "model", "error_rate", "near", "far"), .plane("far-*"), .plane("near-*"),
  ]
  /// Small networks keep one core busy.
  package static let isParallel = false

  private let template: HybridNetwork
  private let recipe: HybridRecipe
  private let points: Int
  private let side: Int
  private let far: Double

  /// Takes what `train-hybrid` takes of its Gaussian process; `batch`, `learning-rate` and `epochs`; the
  /// `points` of each class; the values `side` by side of a picture; and `far`, how many times as wide the
  /// second picture is.
  package init(options: inout OptionReader) throws(OptionError) {
    template = try HybridNetwork(&options, body: .points, top: .softmax)
    points = try options.int("points", in: 2...10_000)
    side = try options.int("side", in: 2...400)
    far = try options.double("far", in: 1...1000)
    recipe = HybridRecipe(
      batch: try options.int("batch", in: 1...10_000),
      learningRate: try options.double("learning-rate", in: 1e-6...10),
      epochs: try options.int("epochs", in: 1...100_000), most: 3 * points)
  }

  /// The models of the paper's pictures.
  private var models: [(name: String, network: HybridNetwork)] {
    func hybrid(_ body: HybridNetwork.Body, _ top: HybridNetwork.Top) -> HybridNetwork {
      template.with(body: body, top: top)
    }
    return [
      ("nn", hybrid(.points, .softmax)), ("gp", hybrid(.none, .rbf)),
      ("gpdnn-rbf", hybrid(.points, .rbf)), ("gpdnn-linear", hybrid(.points, .linear)),
    ]
  }

  /// Gives the pictures `near-…` and `far-…` of each model, and the table `entropy`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let data = drawn(context.seed.forked("points"), in: context.workspace)
    var artifacts: [String: Artifact] = [:]
    var table = Table(
      caption: "Mean predictive entropy over the square around the data, and over all that is at"
        + " least as far outside of it as it is wide.",
      columns: [
        Table.Column("model", "model"),
        Table.Column("error_rate", "error on its points", unit: "%", decimals: 1),
        Table.Column("near", "near", unit: "nats", decimals: 3),
        Table.Column("far", "far", unit: "nats", decimals: 3),
      ])
    for (i, (name, network)) in models.enumerated() {
      let classifier = try recipe.train(
        network, on: data, classes: [0, 1, 2], context.with(.none), seed: context.seed.forked(name)
      ).state.classifier
      let near = try map(classifier, data, 0...1, "\(network.text), near")
      let reach = (far - 1) / 2
      let wide = try map(classifier, data, -reach...1 + reach, "\(network.text), far")
      artifacts["near-\(name)"] = .plane(near)
      artifacts["far-\(name)"] = .plane(wide)
      let seen = Evaluator(data, for: [0, 1, 2], in: context.workspace).evaluate(classifier)
      table.append([
        .text(name), .proportion(hits: seen.errors, total: seen.count),
        .measured(Self.mean(near) { _, _ in true }),
        .measured(Self.mean(wide) { max(abs($0 - 0.5), abs($1 - 0.5)) >= 1.5 }),
      ])
      context.progress(Progress(i + 1, of: models.count, unit: "models", detail: name))
    }
    artifacts["entropy"] = .table(table)
    return StageOutput(
      artifacts: artifacts, conditions: ["data": "points in the plane"],
      deviations: [
        Deviation(
          "\(context.name): three groups of \(points) points drawn here",
          because:
            "the data of the paper's pictures were not seen; the comparison of models is the same")
      ])
  }

  /// Three round groups in the unit square, on the grid of a byte as every data set is.
  private func drawn(_ seed: Seed, in workspace: Workspace) -> LabelledImages {
    let centres: [(Float, Float)] = [(0.32, 0.35), (0.68, 0.38), (0.5, 0.7)]
    var (pixels, labels): ([UInt8], [UInt8]) = ([], [])
    for (label, centre) in centres.enumerated() {
      let noise = workspace.normal(
        [points, 2], mean: 0, deviation: 0.07, seed: seed.forked(label)
      ).values
      for i in 0..<points {
        pixels += grey([centre.0 + noise[2 * i], centre.1 + noise[2 * i + 1]])
        labels.append(UInt8(label))
      }
    }
    return LabelledImages(images: pixels, labels: labels, height: 1, width: 2, classes: 3)
  }

  private func map(
    _ classifier: Classifier, _ data: LabelledImages, _ range: ClosedRange<Double>, _ title: String
  ) throws(StageFailure) -> PlaneMap {
    let places = (0..<side * side).flatMap { i in
      [i % side, i / side].map { Float(PlaneMap.coordinate($0, of: side, in: range)) }
    }
    let workspace = classifier.weights[0].workspace
    let logs = try classifier.logProbabilities(workspace.tensor([side * side, 2], places))
    let terms = (logs.exponentials() * logs).rowSums()
    return PlaneMap(
      caption: "Predictive entropy of \(title) from the data.", title: title,
      valueLabel: "entropy (nats)", valueRange: 0...1.0986122886681098, range: range, side: side,
      values: terms.map { max(0, -Double($0)) },
      marks: (0..<data.count).map { i in
        let place = data.pixels(i..<i + 1)
        return PlaneMap.Mark(x: Double(place[0]), y: Double(place[1]), label: Int(data.labels[i]))
      })
  }

  private static func mean(
    _ map: PlaneMap, where isMeant: (Double, Double) -> Bool
  ) -> Double? {
    let chosen = map.values.indices.filter {
      isMeant(map.coordinate($0 % map.side), map.coordinate($0 / map.side))
    }
    return chosen.isEmpty
      ? nil : chosen.reduce(0) { $0 + map.values[$1] } / Double(chosen.count)
  }
}
