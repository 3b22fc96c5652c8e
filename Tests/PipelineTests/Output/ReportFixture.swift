import Contract

@testable import Pipeline

/// A small report with one thing of every sort, and the artifacts it shows.
enum ReportFixture {
  static let table = Table(
    caption: "FGSM at ε = 0.25 on MNIST, without clipping",
    columns: [
      .init("model", "Model"), .init("clean_error", "Clean error", unit: "%", decimals: 2),
      .init("error_rate", "Error under FGSM", unit: "%", decimals: 2),
      .init("confidence", "Confidence on mistakes", unit: "%", decimals: 1),
    ],
    rows: [
      [
        .text("softmax regression"), .proportion(hits: 752, total: 10000),
        .proportion(hits: 9990, total: 10000), .number(79.31),
      ],
      [.text("maxout_240"), .proportion(hits: 112, total: 10000), .missing, .missing],
    ])

  static let plot = Plot(
    caption: "Error against the size of the perturbation", title: "FGSM", xLabel: "ε",
    yLabel: "Error (%)", yRange: 0...100,
    series: [
      .init("softmax", points: curve([7.5, 62, 96, 99.4, 99.8, 99.9])),
      .init("maxout", points: curve([1.1, 14, 48, 71, 83, 89])),
      .init("softmax (published)", style: .marks, points: [.init(x: 0.25, y: 99.9)]),
      .init("maxout (published)", style: .marks, points: [.init(x: 0.25, y: 89.4)]),
    ])

  private static func curve(_ errors: [Double]) -> [Plot.Point] {
    errors.enumerated().map { step, error in
      .init(
        x: Double(step) * 0.05, y: error, low: max(0, error - 3), high: min(100, error + 3))
    }
  }

  /// Discs that grow, in place of digits.
  static let images = ImageGrid(
    caption: "Perturbed digits; those still recognised are boxed", height: 28, width: 28,
    columns: 5,
    pixels: (0..<10).flatMap { picture in
      (0..<784).map { pixel in
        let (x, y) = (pixel % 28 - 14, pixel / 28 - 14)
        return x * x + y * y < (picture + 3) * (picture + 3) ? 230 : UInt8(picture * 8)
      }
    }, boxed: [0, 1, 7])

  static func source(_ stage: String) -> ReportModel.Source {
    ReportModel.Source(
      stage: stage, command: "swift run pipeline run \(stage) --force",
      key: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
  }

  static let paper = ReportModel.Paper(
    id: "goodfellow2015",
    title: "Goodfellow, Shlens, Szegedy: Explaining and Harnessing Adversarial Examples (2015)",
    link: "https://arxiv.org/abs/1412.6572",
    sections: [
      .init(
        title: "Section 4: linear perturbation of non-linear models",
        text: "One step of size ε along the sign of the gradient.",
        items: [
          .table(.init(table: table, csv: "../results/section-4.csv", source: source("section-4"))),
          .figure(
            .init(
              caption: plot.caption, image: "../results/plots/epsilon.png",
              files: [
                ("script", "../results/plots/epsilon.gp"), ("data", "../results/plots/epsilon.csv"),
              ], source: source("epsilon-sweep"))),
          .figure(
            .init(
              caption: images.caption, image: "../results/images/digits.png", files: [],
              source: source("figure-2"))),
        ]),
      .init(
        title: "Section 9: faces", text: "Faces that nobody has here.", items: [],
        gap: "Not run: faces; the data are not at hand."),
    ])

  static func model(claims: [ClaimResult]) -> ReportModel {
    ReportModel(
      title: "Adversarial examples, reproduced", profile: "standard",
      command: "swift run pipeline all",
      scope: """
        The central numbers of one paper, on all of MNIST, with fewer epochs than the paper's.

        Not attempted: sections 6 to 9.
        """,
      claims: claims, papers: [paper],
      deviations: [
        Deviation(
          "60 epochs instead of 343 for maxout",
          because: "time; the error under attack is expected to be a few points lower")
      ],
      data: [
        .init(
          name: "MNIST", file: "train-images-idx3-ubyte.gz", bytes: 9_912_422,
          sha256: "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
          source: "https://example.org/mnist/")
      ],
      stages: [
        .init(name: "maxout@2", kind: "train-maxout", key: source("").key),
        .init(name: "section-4", kind: "error-table", key: source("").key),
      ],
      environment: [("Swift", "6.3.1"), ("Processor", "some <fast> one | 2 cores")])
  }
}
