import Contract
import Kernels
import Papers

/// One thing to compute: a stage of the spec, or one replicate of it.
final class StageNode: Sendable {
  /// One input slot and the nodes that fill it.
  struct Input: Sendable {
    /// The slot and the artifacts it takes.
    let slot: InputSlot
    /// Indices of the nodes, in the order of the spec.
    let nodes: [Int]
  }

  /// `maxout`, or `maxout@2` where a stage has replicates.
  let name: String
  /// Which replicate this is, from 1.
  let replicate: Int
  /// The stage as the spec describes it.
  let spec: StageSpec
  /// The kind, from the catalog.
  let kind: any Stage.Type
  /// What it reads.
  let inputs: [Input]
  /// Its randomness: the run's seed, the stage's name and the replicate.
  let seed: Seed
  /// The code behind it.
  let code: CodeFingerprint
  /// The options in canonical form.
  let options: [KeyParts.Option]
  /// Whether it keeps many cores busy.
  let isParallel: Bool

  /// Every node it needs, each once.
  let needs: [Int]

  /// A node; the nodes that fill its inputs come before it.
  init(
    name: String, replicate: Int, spec: StageSpec, kind: any Stage.Type, inputs: [Input],
    seed: Seed, code: CodeFingerprint, options: [KeyParts.Option], isParallel: Bool? = nil
  ) {
    self.name = name
    self.replicate = replicate
    self.spec = spec
    self.kind = kind
    self.inputs = inputs
    self.seed = seed
    self.code = code
    self.options = options
    self.isParallel = isParallel ?? kind.isParallel
    needs = inputs.flatMap(\.nodes).uniqued()
  }
}

/// All nodes in an order in which each comes after what it needs.
struct StageGraph: Sendable {
  /// The nodes, inputs first.
  let nodes: [StageNode]
  /// The stages of the spec by the nodes they became.
  private let instances: [String: [Int]]

  /// Expands replicates, decodes every stage's options once, and orders the whole.
  init(_ spec: Spec, code: BuiltCode) throws {
    var (nodes, instances): ([StageNode], [String: [Int]]) = ([], [:])
    var codes = NodeCodes(code)
    let kinds = Dictionary(
      Catalog.kinds.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
    for stage in Self.inDependencyOrder(spec.stages) {
      guard let kind = kinds[stage.kind] else {
        preconditionFailure("the spec was accepted with the unknown kind ‘\(stage.kind)’")
      }
      let (decoded, pieces) = try Self.checkOptions(of: stage, kind)
      let print = codes.fingerprint(of: stage, kind, naming: pieces)
      let inputs = stage.inputs.compactMap { input -> StageNode.Input? in
        guard let slot = kind.inputs.first(where: { $0.name == input.slot }) else { return nil }
        return StageNode.Input(slot: slot, nodes: input.stages.flatMap { instances[$0] ?? [] })
      }
      for replicate in 1...stage.replicates {
        instances[stage.name, default: []].append(nodes.count)
        nodes.append(
          StageNode(
            name: stage.replicates == 1 ? stage.name : "\(stage.name)@\(replicate)",
            replicate: replicate, spec: stage, kind: kind, inputs: inputs,
            seed: Seed(spec.seed, stage: stage.name).forked(replicate), code: print,
            options: KeyParts.flatten(stage.options), isParallel: decoded.isParallel))
      }
    }
    // What only other profiles have must be right too, or it would rot unseen.
    for stage in spec.leftOut {
      if let kind = kinds[stage.kind] { _ = try Self.checkOptions(of: stage, kind) }
    }
    self.nodes = nodes
    self.instances = instances
  }

  /// A graph of nodes that are in order already.
  init(nodes: [StageNode]) {
    self.nodes = nodes
    instances = Dictionary(grouping: nodes.indices) { nodes[$0].spec.name }
  }

  /// The nodes that a stage of the spec became: one, or one a replicate.
  func nodes(of stage: String) -> [Int] { instances[stage] ?? [] }

  /// The given nodes and everything they need, in order.
  func closure(of wanted: [Int]) -> [Int] {
    var (needed, open) = (Set(wanted), wanted)
    while let node = open.popLast() {
      for input in nodes[node].needs where needed.insert(input).inserted { open.append(input) }
    }
    return needed.sorted()
  }

  /// Whatever needs one of the given nodes, directly or not.
  func dependents(of changed: Set<Int>) -> [Int] {
    var reached = changed
    for (i, node) in nodes.enumerated() where node.needs.contains(where: reached.contains) {
      reached.insert(i)
    }
    return reached.subtracting(changed).sorted()
  }

  /// Decodes the options once, and tells which pieces they name.
  private static func checkOptions(
    of stage: StageSpec, _ kind: any Stage.Type
  ) throws -> (stage: any Stage, pieces: [any Piece.Type]) {
    var reader = OptionReader(stage.options)
    do throws(OptionError) {
      let decoded = try kind.init(options: &reader)
      try reader.finish()
      return (decoded, reader.pieces)
    } catch {
      throw stage.specError(for: error)
    }
  }

  /// Depth first along the inputs; the spec has been checked to have no cycle.
  private static func inDependencyOrder(_ stages: [StageSpec]) -> [StageSpec] {
    let byName = Dictionary(stages.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var (ordered, done): ([StageSpec], Set<String>) = ([], [])
    var stack: [(stage: StageSpec, expanded: Bool)] = stages.reversed().map { ($0, false) }
    while let (stage, expanded) = stack.popLast() {
      if done.contains(stage.name) { continue }
      if expanded {
        done.insert(stage.name)
        ordered.append(stage)
        continue
      }
      stack.append((stage, true))
      for name in stage.inputs.flatMap(\.stages).reversed() where !done.contains(name) {
        if let input = byName[name] { stack.append((input, false)) }
      }
    }
    return ordered
  }
}
