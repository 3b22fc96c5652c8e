import Kernels
import Testing

@testable import Pipeline

@Suite("The graph") struct StageGraphTests {
  private static func spec(replicates: Int = 1, epsilons: String = "[0, 0.1]") throws -> Spec {
    let recipe = """
      {network: softmax-regression, objective: clean, watch: [clean], sequel: none,
            learn-from: training, accuracy-of: [], recipe: gradient-descent, batch: 20,
            learning-rate: 0.1, learning-rate-divisor: 1, first-momentum: 0.5, last-momentum: 0.5,
            momentum-epochs: 1, norm-cap: 0, stop: patience, patience: 2, maximum-epochs: 2}
      """
    return try Spec.load(
      SourceText(
        name: "test.yaml",
        text: """
          version: 2
          seed: 7
          default-profile: p
          profiles: [p]
          stages:
            late:
              kind: fgsm-sweep
              inputs: {data: digits, models: [b, a]}
              options: {epsilons: \(epsilons), clip: false}
            a:
              kind: train
              replicates: \(replicates)
              inputs: {data: digits}
              options: \(recipe)
            b:
              kind: train
              inputs: {data: digits}
              options: \(recipe)
            digits:
              kind: synthetic-digits
              options: {train: 40, validation: 20, test: 20}
          """))
  }

  private static func graph(replicates: Int = 1, epsilons: String = "[0, 0.1]") throws -> StageGraph
  {
    let code = BuiltCode(root: "/nowhere", executable: "/nowhere", notes: "/nowhere")
    return try StageGraph(spec(replicates: replicates, epsilons: epsilons), code: code)
  }

  @Test func `inputs come first, each stage once`() throws {
    let graph = try Self.graph()
    #expect(graph.nodes.map(\.name) == ["digits", "b", "a", "late"])
    for (i, node) in graph.nodes.enumerated() { #expect(node.needs.allSatisfy { $0 < i }) }
  }

  @Test func `replicates are nodes of their own, with seeds of their own`() throws {
    let graph = try Self.graph(replicates: 3)
    #expect(graph.nodes.map(\.name) == ["digits", "b", "a@1", "a@2", "a@3", "late"])
    #expect(graph.nodes(of: "a") == [2, 3, 4])
    #expect(Set(graph.nodes.map(\.seed.key)).count == graph.nodes.count)
    let models = graph.nodes[5].inputs.first { $0.slot.name == "models" }
    #expect(models?.nodes.map { graph.nodes[$0].name } == ["b", "a@1", "a@2", "a@3"])
    #expect(try Self.graph().nodes[2].seed.key == graph.nodes[2].seed.key)
  }

  @Test func `closure and dependents go along the edges`() throws {
    let graph = try Self.graph(replicates: 2)
    #expect(graph.closure(of: [3]).map { graph.nodes[$0].name } == ["digits", "a@2"])
    #expect(graph.closure(of: [4]) == Array(graph.nodes.indices))
    #expect(graph.closure(of: []).isEmpty)
    #expect(graph.dependents(of: [0]) == [1, 2, 3, 4])
    #expect(graph.dependents(of: [2]) == [4])
    #expect(graph.dependents(of: [4]).isEmpty)
  }

  @Test func `a mistake in an option points into the file`() throws {
    let error = #expect(throws: SpecError.self) { try Self.graph(epsilons: "[0, 7]") }
    #expect(error.map { "\($0)" }?.contains("test.yaml:9:") == true)
    #expect(throws: Never.self) { try Self.graph(epsilons: "[0, 1]") }
  }
}
