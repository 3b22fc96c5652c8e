import Kernels
import Testing

@testable import Models

@Suite struct ArchitectureTests {
  static let texts = [
    "dense(784,10)", "dense(784,1)", "dense(3,4) relu dense(4,2)",
    "dropout(0.8,1.0) maxout(784,240,5) dropout(0.5,2.0) maxout(240,240,5) dropout(0.5,2.0) dense(240,10)",
    "dense(3,4) sigmoid dense(4,4) tanh dense(4,2)", "relu",
    "standardise(0.1307,0.3081) convolution(1,28,28,32,3,0,1) relu pool(32,26,26,2,2) dense(5408,10)",
    "convolution(3,32,32,24,8,4,1) channel-maxout(12,2,1089) pool(12,33,33,4,2) channel-dropout(12,0.5,2.0)",
    "radial(784,10)", "dense(6,4) radial(4,3)",
    "dense(784,100) gaussian-process-rbf(100,100,10,0,20,0.001)",
    "gaussian-process-linear(784,50,10,1,64,0.01)",
    "dense(50,1568) relu upsample(32,7,7,2) convolution(32,14,14,16,3,1,1) relu",
  ]

  @Test(arguments: texts)
  func whatIsWrittenCanBeReadBack(_ text: String) throws {
    let architecture = try #require(Architecture(text: text))
    #expect(architecture.text == text)
    #expect(Architecture(text: architecture.text) == architecture)
  }

  @Test(arguments: [
    "", " ", "dense", "dense()", "dense(3)", "dense(3,4,5)", "dense(0,4)", "dense(-3,4)",
    "dense(3,x)", "dense(3,4", "dense(3,4))", "dense((3,4)", "Dense(3,4)", "conv(3,4)",
    "maxout(3,4)", "maxout(3,4,0)", "maxout(3,4,256)", "dropout(0.8)", "dropout(1.5,1.0)",
    "dropout(-0.1,1.0)", "dropout(nan,1.0)", "relu(3)", "tanh,", "dense(3,4)  relu",
    "dense(3,4)relu", "dense(3,4) dense(5,2)", "dense(3,4) relu maxout(3,4,2)",
    "dense(99999999999999999999,4)", "convolution(1,28,28,32,3,0)", "convolution(1,2,2,4,3,0,1)",
    "convolution(1,28,28,0,3,0,1)", "pool(1,2,2,3,1)", "pool(1,8,8,2,3)", "pool(1,8,8,2)",
    "channel-maxout(3,0,4)", "channel-dropout(0,0.5,2.0)", "channel-dropout(4,1.5,2.0)",
    "standardise(0.0,0.0)", "standardise(0.0,-1.0)",
    "convolution(1,28,28,4,3,0,1) dense(2705,10)",
    "gaussian-process-rbf(100,100,10,0,20)", "gaussian-process-cubic(100,100,10,0,20,0.001)",
    "gaussian-process-rbf(100,100,1,0,20,0.001)", "gaussian-process-rbf(100,0,10,0,20,0.001)",
    "gaussian-process-rbf(100,100,10,2,20,0.001)", "gaussian-process-rbf(100,100,10,0,65,0.001)",
    "gaussian-process-rbf(100,100,10,0,20,1.0)", "dense(3,4) gaussian-process-rbf(5,2,2,0,9,0.1)",
    "radial(3)", "radial(0,4)", "radial(3,4,5)", "dense(3,4) radial(3,2)",
  ])
  func whatIsNoNetworkIsRefused(_ text: String) {
    #expect(Architecture(text: text) == nil)
  }

  @Test func weightsAreNamedAfterTheirLayer() throws {
    let architecture = MaxoutNetwork(
      pixels: 784, units: 240, pieces: 5, inputKeep: 0.8, hiddenKeep: 0.5
    ).architecture(classes: 10)
    #expect(architecture.text == Self.texts[3])
    #expect(
      architecture.weightNames == [
        "layers.1.weight", "layers.1.bias", "layers.3.weight", "layers.3.bias", "layers.5.weight",
        "layers.5.bias",
      ])
    #expect(
      architecture.network.weightShapes == [
        [1200, 784], [1200], [1200, 240], [1200], [10, 240], [10],
      ])
  }

  @Test func aRadialLayerHasAScaleAndACentre() {
    let architecture = Architecture([
      Dense(inputs: 6, outputs: 4), RadialBasis(inputs: 4, outputs: 3),
    ])
    #expect(
      architecture.weightNames == [
        "layers.0.weight", "layers.0.bias", "layers.1.scale", "layers.1.centre",
      ])
    #expect(architecture.network.weightShapes == [[4, 6], [4], [3, 4], [3, 4]])
  }

  /// A layer that no catalogue lists.
  private struct Scaling: NetworkLayer {
    static let words = ["times"]
    let factor: Float
    var numbers: [any CustomStringConvertible] { [factor] }
    var weightShapes: [[Int]] { [] }

    init?(_ text: LayerText) {
      guard let n = text.reals(1) else { return nil }
      factor = n[0]
    }

    func forward(_ x: Tensor, _: ArraySlice<Tensor>, _: Mode) -> Pass {
      let factor = factor
      return Pass(output: x * factor) { dy, _ in (dy * factor, []) }
    }
  }

  @Test func aNewLayerNeedsOnlyItsLineInACatalogue() throws {
    let text = "dense(2,2) times(3.0)"
    #expect(Architecture(text: text) == nil)
    let known = LayerCatalogue.layers + [Scaling.self]
    let architecture = try #require(Architecture(text: text, of: known))
    #expect(architecture.text == text)
    #expect(Architecture(text: "dense(2,2) times(three)", of: known) == nil)
    #expect(architecture.weightNames == ["layers.0.weight", "layers.0.bias"])
    #expect(architecture.multiplyAdds == 4)
    let workspace = Workspace(threads: 1)
    let weights = [workspace.tensor([2, 2], [1, 0, 0, 1]), workspace.tensor([2], [1, 1])]
    let output = architecture.network.infer(workspace.tensor([1, 2], [4, 5]), weights[...])
    #expect(output.values == [15, 18])
  }

  @Test func aWordNamesOneLayer() {
    let words = LayerCatalogue.layers.flatMap { $0.words }
    #expect(Set(words).count == words.count)
    let tried = Self.texts.joined(separator: " ").split(separator: " ").map {
      String($0.prefix { $0 != "(" })
    }
    #expect(Set(words) == Set(tried), "every layer is written and read above")
  }

  @Test(arguments: [
    ("dense(3,4)", 12), ("maxout(3,4,2)", 24), ("radial(3,4)", 24), ("relu", 0),
    ("dropout(0.5,2.0)", 0), ("pool(3,4,4,2,2)", 0), ("upsample(3,4,4,2)", 0),
    ("convolution(2,5,5,3,3,1,1)", 25 * 3 * 2 * 9),
    ("gaussian-process-rbf(6,5,3,0,20,0.001)", 5 * (6 + 5 * (3 + 2))),
    ("dense(3,4) tanh dense(4,2)", 20),
  ])
  func multiplyAddsAreCounted(_ text: String, expected: Int) throws {
    #expect(try #require(Architecture(text: text)).multiplyAdds == expected)
  }

  @Test func networksAreEqualIfTheirTextsAre() throws {
    let one = Architecture([Dense(inputs: 3, outputs: 4), Dropout(keep: 0.5, scale: 2)])
    #expect(one == Architecture(text: "dense(3,4) dropout(0.5,2.0)"))
    #expect(one != Architecture([Dense(inputs: 3, outputs: 4), Dropout(keep: 0.5, scale: 1)]))
    #expect(one != Architecture([Dense(inputs: 3, outputs: 4)]))
    #expect(Set([one, one, Architecture([ReLU()])]).count == 2)
  }
}
