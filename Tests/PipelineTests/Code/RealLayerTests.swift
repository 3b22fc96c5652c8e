import Contract
import Papers
import Testing

@testable import Pipeline

/// A layer is behind those who build networks with it and everyone who reads these networks, and
/// behind nobody else: shown on the project's own sources and the stages of its own spec.
@Suite("Layers behind the real stages") struct RealLayerTests {
  /// What all tests start from, read once.
  private static let tree = Result { try Tree() }

  private struct Tree {
    let files: [String: String]
    let sources: [String: SourceFile]
    let index: CodeIndex
    let graphs: [String: StageGraph]

    init() throws {
      files = try SourceTree.files()
      sources = Dictionary(
        uniqueKeysWithValues: files.map { name, text in
          (name, SourceFile(name: name, bytes: Array(text.utf8)))
        })
      let index = Self.index(sources.values)
      self.index = index
      graphs = try Dictionary(
        uniqueKeysWithValues: ["demo", "standard"].map { ($0, try Self.graph($0, index)) })
    }

    static func graph(_ profile: String, _ index: CodeIndex) throws -> StageGraph {
      try StageGraph(ComparabilityFixture(profile: profile).spec, code: BuiltCode(index))
    }

    private static func index(_ sources: some Sequence<SourceFile>) -> CodeIndex {
      CodeIndex(sources.sorted { $0.name < $1.name })
    }

    /// The index of a tree in which some files are other ones.
    func index(with edits: [String: String]) -> CodeIndex {
      let edited = edits.map { SourceFile(name: $0, bytes: Array($1.utf8)) }
      return Self.index(sources.values.filter { edits[$0.name] == nil } + edited)
    }
  }

  private let tree: Tree
  private let index: CodeIndex

  init() throws {
    tree = try Self.tree.get()
    index = tree.index
  }

  private func graph(_ profile: String) throws -> StageGraph {
    try #require(tree.graphs[profile])
  }

  /// The nodes whose code is other with other files.
  private func changed(_ edits: [String: String], in profile: String = "demo") throws -> Set<String>
  {
    let (graph, other) = (try graph(profile), try Tree.graph(profile, tree.index(with: edits)))
    #expect(other.nodes.map(\.name) == graph.nodes.map(\.name))
    return Set(
      zip(graph.nodes, other.nodes).filter { $0.code.digest != $1.code.digest }.map(\.0.name))
  }

  private func edit(of name: String) throws -> [String: String] {
    [name: try #require(tree.files[name], "\(name) was moved") + "\nint more_of_this;\n"]
  }

  /// The nodes of some kinds, and everyone who needs them.
  private func makersAndReaders(
    in profile: String, _ isMaker: (StageNode) -> Bool
  ) throws -> (makers: Set<String>, readers: Set<String>) {
    let graph = try graph(profile)
    let makers = graph.nodes.indices.filter { isMaker(graph.nodes[$0]) }
    let readers = graph.dependents(of: Set(makers))
    return (Set(makers.map { graph.nodes[$0].name }), Set(readers.map { graph.nodes[$0].name }))
  }

  private func hasCode(_ kind: any Stage.Type, _ file: String) -> Bool {
    index.fingerprint(ofType: String(describing: kind))?.files.contains { $0.name == file } == true
  }

  @Test func `every layer has code of its own`() {
    for layer in Catalog.layers {
      let type = String(describing: layer)
      let names = index.fingerprint(ofType: type)?.files.map(\.name) ?? []
      #expect(names.contains { $0.hasSuffix("/Models/Layers/\(type)+NetworkLayer.swift") })
      #expect(names.contains { $0.hasPrefix("Kernels/") && $0.hasSuffix("/\(type).swift") })
      #expect(!names.contains { $0.hasSuffix("/Architecture.swift") }, "\(type) has all networks")
    }
  }

  @Test(arguments: [
    ("SoftmaxRegression", ["Dense"]), ("LogisticRegression", ["Dense"]),
    ("RBFNetwork", ["RadialBasis"]), ("MaxoutSettings", ["Dense", "Dropout", "Maxout"]),
    ("LeNet", ["Conv2D", "Dense", "MaxPool2D", "ReLU", "Sigmoid", "Tanh"]),
    ("Train", []), ("Craft", []), ("PGD", []),
  ])
  func `a network has the layers that it is built of`(type: String, expected: [String]) throws {
    let print = try #require(index.fingerprint(ofType: type))
    let found = Catalog.layers.map { String(describing: $0) }.filter { layer in
      print.files.contains { $0.name.hasSuffix("/\(layer)+NetworkLayer.swift") }
    }
    #expect(found.sorted() == expected)
  }

  @Test func `softmax regression stands on few files`() throws {
    let softmax = try graph("demo").nodes.first { $0.name == "softmax" }
    let names = try #require(softmax).code.files.map(\.name)
    #expect(names.count < 130)
    let foreign = names.filter { name in
      ["onvolution", "GaussianProcess", "doubles", "Double", "Pool2D", "Maxout", "RBF"]
        .contains(where: name.contains)
    }
    #expect(foreign.isEmpty, "\(foreign)")
  }

  @Test(arguments: [
    "Kernels/Layers/Conv2D.swift", "CKernels/convolution/convolve.h",
    "Experiments/Models/Layers/Conv2D+NetworkLayer.swift",
  ])
  func `an edit of convolution reaches those who convolve`(name: String) throws {
    let changed = try changed(edit(of: name))
    let (makers, readers) = try makersAndReaders(in: "demo") { node in
      let networks = ["lenet", "conv-maxout", "tutorial-cnn"]
      if case .string(let network)? = node.spec.options["network"], node.spec.kind == "train" {
        return networks.contains(network)
      }
      return hasCode(node.kind, name)
    }
    #expect(changed == makers.union(readers))
    let without: Set = [
      "digits", "softmax", "logistic", "maxout", "maxout-adversarial", "section-4", "section-5-l1",
      "section-6", "section-7", "sweep", "transfer", "rbf", "rubbish", "jiang-sweep",
    ]
    #expect(without.isSubset(of: try graph("demo").nodes.map(\.name)))
    #expect(changed.isDisjoint(with: without), "\(changed.intersection(without))")
    let with: Set = [
      "lenet", "lenet-relu", "tutorial", "tutorial-table", "jsma-test", "jsma-pooled", "craft-pgd",
      "kos-vae", "kos-vae-reader", "kos-summary",
    ]
    #expect(changed.isSuperset(of: with), "\(with.subtracting(changed))")
  }

  @Test(arguments: [
    "Kernels/GaussianProcess/SparsePosterior.swift",
    "Experiments/Models/Layers/GaussianProcess+NetworkLayer.swift",
  ])
  func `an edit of the Gaussian process reaches the hybrids`(name: String) throws {
    let changed = try changed(edit(of: name), in: "standard")
    let (makers, readers) = try makersAndReaders(in: "standard") {
      ["train-hybrid", "training-size", "uncertainty-plane"].contains($0.spec.kind)
    }
    #expect(changed == makers.union(readers))
    #expect(changed.isSuperset(of: ["bradshaw-gpdnn", "bradshaw-shift", "bradshaw-findings"]))
    #expect(changed.isDisjoint(with: ["lenet", "tutorial", "maxout", "section-4", "cifar-maxout"]))
  }

  @Test func `an edit of maxout reaches a table by the networks that it reads`() throws {
    let changed = try changed(edit(of: "Kernels/Layers/Maxout.swift"))
    #expect(changed.isSuperset(of: ["maxout", "section-4", "section-6", "craft-pgd"]))
    #expect(changed.isDisjoint(with: ["softmax", "section-7", "jiang-sweep", "lenet", "figure-2"]))
  }

  @Test func `a new layer makes nothing stale`() throws {
    var grown: [String: String] = [:]
    let catalogue = "Experiments/Models/Layers/LayerCatalogue.swift"
    grown[catalogue] = try #require(tree.files[catalogue])
      .replacing("Dense.self,", with: "Dense.self, Newest.self,")
    #expect(grown[catalogue] != tree.files[catalogue])
    grown["Kernels/Layers/Newest.swift"] = """
      public struct Newest: Layer, Hashable {
        public var weightShapes: [[Int]] { [] }
        public func forward(_ x: Tensor, _ w: ArraySlice<Tensor>, _ mode: Mode) -> Pass {
          ReLU().forward(x, w, mode)
        }
      }
      """
    grown["Experiments/Models/Layers/Newest+NetworkLayer.swift"] = """
      extension Newest: NetworkLayer {
        package static let words = ["newest"]
        package init?(_ text: LayerText) { self.init() }
      }
      """
    let other = tree.index(with: grown)
    #expect(other.fingerprint(ofType: "Newest") != nil)
    let types: [Any.Type] = Catalog.kinds + Catalog.pieces + Catalog.layers
    for type in types.map({ String(describing: $0) }) {
      #expect(other.fingerprint(ofType: type) == index.fingerprint(ofType: type), "\(type)")
    }
    #expect(try changed(grown).isEmpty)
  }

  @Test func `a network that is trained otherwise is no other code`() throws {
    let nodes = try graph("demo").nodes
    let prints = Dictionary(grouping: nodes) { $0.spec.kind }
    let lenets = nodes.filter { $0.spec.options["network"] == .string("lenet") }
    #expect(lenets.count > 1 && Set(lenets.map(\.code.digest)).count == 1)
    let tables = try #require(prints["craft"]?.filter { $0.name.hasPrefix("section") })
    #expect(Set(tables.map(\.code.digest)).count > 1, "they read networks of other layers")
  }
}
