import Contract
import Kernels
import Testing

@testable import Pipeline

@Suite("What answers hand down") struct HandedDownTests {
  /// A kind that is told what its inputs say.
  private struct Reader: Stage {
    static let kind = "reader"
    static let summary = "A stage of a test."
    static let inputs = FakeStage.inputs
    static let outputs = FakeStage.outputs
    static let isParallel = false
    static let readsConditions = true

    init(options: inout OptionReader) throws(OptionError) {}
    func run(_ context: StageContext) throws -> StageOutput { StageOutput(artifacts: [:]) }
  }

  /// 0 → 2, 1 → 2, 2 → 3, with what each says itself.
  private func graph(last kind: any Stage.Type = FakeStage.self) throws -> StageGraph {
    let nodes = try FakeGraph(salts: [1, 2, 3, 4], needs: [[], [], [0, 1], [2]]).graph().nodes
    let last = nodes[3]
    let reader = StageNode(
      name: last.name, replicate: 1, spec: last.spec, kind: kind, inputs: last.inputs,
      seed: last.seed, code: last.code, options: last.options)
    return StageGraph(nodes: nodes[..<3] + [reader])
  }

  private func record(
    _ conditions: [String: String], _ deviations: [String] = [], artifact: String = "a"
  ) -> Record {
    let record = RecordFixture.record(artifacts: [
      .init(name: "out", form: .tensors, digest: artifact, size: 1)
    ])
    return Record(
      key: record.key, stage: record.stage, parts: record.parts, artifacts: record.artifacts,
      conditions: conditions, deviations: deviations.map { Deviation($0, because: "why") },
      effort: record.effort, acceptedFrom: nil)
  }

  private var records: [Record] {
    [
      record(["data": "mnist", "clip": "no"], ["one"]),
      record(["data": "cifar"], ["two", "one"]),
      record(["clip": "yes"], ["three"]), record([:], ["one", "four"]),
    ]
  }

  @Test func `conditions and deviations of all inputs come along, own ones on top`() throws {
    let handed = try graph().handedDown { records[$0] }
    #expect(handed[3]?.conditions == ["data": "cifar and mnist", "clip": "yes"])
    #expect(handed[3]?.deviations.map(\.what) == ["one", "two", "three", "four"])
    #expect(try graph().handedDown(by: 3) { records[$0] } == handed[3])
    #expect(handed[0]?.conditions == ["data": "mnist", "clip": "no"])
  }

  @Test func `another word of an input is seen at once where nothing was computed again`() throws {
    var edited = records
    edited[0] = record(["data": "MNIST", "clip": "no"], ["other words"])
    let handed = try graph().handedDown { edited[$0] }
    #expect(handed[3]?.conditions["data"] == "MNIST and cifar")
    #expect(handed[3]?.deviations.first?.what == "other words")
  }

  @Test func `who reads conditions passes on what it was told, and no more`() throws {
    let graph = try graph(last: Reader.self)
    #expect(graph.conditions(of: 2, told: graph.nodes[3]) { records[$0] }["clip"] == "yes")
    #expect(graph.conditions(of: 1, told: graph.nodes[2]) { records[$0] }.isEmpty)
    let handed = graph.handedDown { records[$0] }
    #expect(handed[3]?.conditions == [:])
    #expect(handed[3]?.deviations.map(\.what) == ["one", "two", "three", "four"])
  }

  @Test func `a word of an input is in the key of who reads it alone`() throws {
    let store = Store(folder: "/nowhere")
    var edited = records
    edited[2] = record(["clip": "perhaps"])
    for (kind, isSame) in [(FakeStage.self as any Stage.Type, true), (Reader.self, false)] {
      let resolver = Resolver(graph: try graph(last: kind), store: store, profile: "p")
      let keys = [records, edited].map { known -> String? in
        guard case .stale(let parts, _) = resolver.state(of: 3, record: { known[$0] }) else {
          return nil
        }
        return parts.key
      }
      #expect(keys[0] != nil)
      #expect((keys[0] == keys[1]) == isSame, "\(kind)")
    }
  }
}
