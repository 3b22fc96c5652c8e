import Kernels
import Testing

@testable import Contract
@testable import Datasets
@testable import Stages

@Suite struct WhiteningTests {
  private static let pixels = 27

  /// Small colour pictures whose neighbouring pixels are alike.
  static func images(_ count: Int, _ name: String = "pictures") -> LabelledImages {
    let seed = Seed(11, stage: name)
    var bytes: [UInt8] = []
    for image in 0..<count {
      let noise = seed.forked(image)
      var level: Float = noise.uniform(at: 0) * 255
      for pixel in 0..<pixels {
        let step: Float = (noise.uniform(at: pixel + 1) - 0.5) * 120
        level = min(max(level + step, 0), 255)
        bytes.append(UInt8(level))
      }
    }
    return LabelledImages(
      images: bytes, labels: [UInt8](repeating: 0, count: count), height: 3, width: 3, channels: 3)
  }

  private static func fit(
    _ images: LabelledImages, bias: Double = 0.1, in workspace: Workspace = Workspace(threads: 1)
  ) -> WhiteningFit {
    WhiteningFit(of: images, norm: 10, bias: bias, in: workspace)
  }

  /// XᵀX/n of the rows of a tensor, in double precision.
  private static func moments(_ x: Tensor) -> [Double] {
    let (values, n) = (x.values.map(Double.init), x.shape[0])
    var sums = [Double](repeating: 0, count: pixels * pixels)
    for row in 0..<n {
      for i in 0..<pixels {
        for j in 0..<pixels {
          sums[i * pixels + j] += values[row * pixels + i] * values[row * pixels + j]
        }
      }
    }
    return sums.map { $0 / Double(n) }
  }

  @Test func theMatrixIsTheInverseSquareRootOfTheBiasedCovariance() {
    let images = Self.images(400)
    let found = Self.fit(images).whitening
    let centred = ContrastNormalisation(norm: 10).apply(
      images, rows: 0..<400, minus: found.mean, in: Workspace(threads: 1))
    var covariance = Self.moments(centred).map { Float($0) }
    for i in 0..<Self.pixels { covariance[i * Self.pixels + i] += 0.1 }
    let expected = Reference.inverseSquareRoot(covariance, n: Self.pixels)
    let largest = expected.map(\.magnitude).max() ?? 0
    for (ours, theirs) in zip(found.matrix.values, expected) {
      #expect(abs(Double(ours) - theirs) < 5e-5 * largest)
    }
  }

  @Test func whitenedTrainingPixelsAreUncorrelatedUpToTheBias() {
    let images = Self.images(400)
    let fit = Self.fit(images)
    let whitened = fit.whitening.apply(images, in: Workspace(threads: 1))
    let covariance = Self.moments(whitened)
    let w = fit.whitening.matrix.values.map(Double.init)
    // W(C + bias·I)W = I, so the covariance of what is whitened is I − bias·W².
    for i in 0..<Self.pixels {
      for j in 0..<Self.pixels {
        var square = 0.0
        for k in 0..<Self.pixels { square += w[i * Self.pixels + k] * w[k * Self.pixels + j] }
        let expected: Double = (i == j ? 1 : 0) - 0.1 * square
        #expect(abs(covariance[i * Self.pixels + j] - expected) < 2e-4, "\(i), \(j)")
      }
    }
    for (i, sum) in columnSums(whitened).values.enumerated() {
      #expect(abs(sum / 400) < 1e-4, "mean of pixel \(i)")
    }
  }

  @Test func theDeviationIsThatOfTheWhitenedTrainingImages() {
    let images = Self.images(300)
    let fit = Self.fit(images)
    let whitened = fit.whitening.apply(images, in: Workspace(threads: 1))
    let direct = (Double(whitened.sumOfSquares()) / Double(whitened.count)).squareRoot()
    #expect(abs(fit.trainingDeviation - direct) < 1e-4 * direct)
    #expect(fit.trainingDeviation > 0.1 && fit.trainingDeviation < 1)
    #expect(fit.residual < 1e-3)
  }

  @Test func threadsAndInstructionsDoNotMatter() {
    let images = Self.images(120)
    let arrangements = Arrangement.all(threads: [1, 2, 3])
    let all = arrangements.map { arrangement in
      let workspace = arrangement.workspace
      let whitening = Self.fit(images, in: workspace).whitening
      return whitening.apply(images, in: workspace).values.bits
    }
    for (arrangement, bits) in zip(arrangements, all) { #expect(bits == all[0], "\(arrangement)") }
  }

  @Test func aRowDependsOnItsImageAlone() {
    let (training, test) = (Self.images(100), Self.images(Whitening.block + 3, "test"))
    let workspace = Workspace(threads: 2)
    let whitening = Self.fit(training).whitening
    let all = whitening.apply(test, in: workspace)
    #expect(all.shape == [Whitening.block + 3, Self.pixels])
    let chosen = [Whitening.block + 2, 0, 7, Whitening.block, 7]
    let some = whitening.apply(test, rows: chosen, in: workspace)
    for (i, row) in chosen.enumerated() {
      #expect(some.rows(i..<i + 1).values.bits == all.rows(row..<row + 1).values.bits, "row \(row)")
    }
  }

  @Test func theArtifactHoldsTheWhitening() throws {
    let whitening = Self.fit(Self.images(60), bias: 0.3).whitening
    let workspace = Workspace(threads: 1)
    let read = try Whitening(whitening.bundle, in: workspace)
    #expect(read.norm == 10 && read.bias == 0.3)
    #expect(read.mean.bits == whitening.mean.bits)
    #expect(read.matrix.values.bits == whitening.matrix.values.bits)
  }

  @Test func anArtifactThatHoldsNoneIsAnError() {
    let good = Self.fit(Self.images(60)).whitening.bundle
    var (short, nameless, speechless) = (good, good, good)
    short.arrays["mean"] = NumericArray(shape: [2], .float32([0, 0]))
    nameless.arrays["matrix"] = nil
    speechless.metadata["norm"] = "many"
    for (bundle, word) in [(short, "[2]"), (nameless, "found mean"), (speechless, "‘many’")] {
      let failure = #expect(throws: StageFailure.self) {
        try Whitening(bundle, in: Workspace(threads: 1))
      }
      #expect(failure?.blame == .data)
      #expect(failure?.description.contains(word) == true, "\(failure?.description ?? "")")
    }
  }

  @Test func theStageGivesTheWhiteningAFigureAndATable() throws {
    let digits = DigitImages(
      name: "toy", train: Self.images(80), validation: Self.images(0), test: Self.images(6, "test"))
    var reader = OptionReader(["norm": .double(10), "bias": .double(0.1)])
    let stage = try WhiteningStage(options: &reader)
    try reader.finish()
    let workspace = Workspace(threads: 1)
    let input = StageInput(
      stage: "cifar",
      output: StageOutput(
        artifacts: ["digits": .tensors(digits.bundle)], conditions: ["data": "toy"]))
    let output = try stage.run(
      StageContext(
        name: "test", inputs: ["data": [input]], seed: Seed(1, stage: "w"), workspace: workspace))
    let whitening = try StageInput(stage: "whiten", output: output).whitening(in: workspace)
    #expect(whitening.matrix.values.bits == Self.fit(digits.train).whitening.matrix.values.bits)
    #expect(output.conditions == ["data": "toy", "contrast-norm": "10.0", "zca-bias": "0.1"])
    guard case .table(let table)? = output.artifacts["fit"],
      case .images(let grid)? = output.artifacts["whitened"]
    else {
      Issue.record("the artifacts are \(output.artifacts.keys.sorted())")
      return
    }
    #expect(table.rows.count == 1)
    #expect(table.rows[0][0] == .integer(80) && table.rows[0][1] == .integer(Self.pixels))
    #expect(grid.count == 18 && grid.columns == 6 && grid.channels == 3)
    let first = digits.test.image(0)
    #expect(grid.pixels[..<3] == [first[0], first[9], first[18]], "red, green, blue of a pixel")
  }

  @Test(arguments: [("norm", 0.0), ("bias", 0.0), ("bias", -1.0), ("norm", 1e7)])
  func optionsOutsideOfTheirRangesAreErrors(name: String, value: Double) {
    var settings: [String: Setting] = ["norm": .double(55), "bias": .double(0.1)]
    settings[name] = .double(value)
    var reader = OptionReader(settings)
    let error = #expect(throws: OptionError.self) { try WhiteningStage(options: &reader) }
    #expect(error?.path == [name])
  }
}
