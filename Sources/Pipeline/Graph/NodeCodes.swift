import Contract

/// The code behind each stage of a spec: its kind, the pieces that its options name, and the layers
/// that the networks among its inputs may be made of.
///
/// A kind that reads a network from its weights reaches the layers through a catalogue, which the
/// closure does not pass; so they come along the edges of the graph instead, from whoever can build
/// with them to everyone who needs it.
struct NodeCodes {
  /// What a fingerprint is made from.
  private struct Parts: Hashable {
    let words: String
    let layers: Set<String>
  }

  private let code: BuiltCode
  private var layersOfParts: [String: Set<String>] = [:]
  private var layersOfStage: [String: Set<String>] = [:]
  private var prints: [Parts: CodeFingerprint] = [:]

  /// No stage yet.
  init(_ code: BuiltCode) { self.code = code }

  /// The code behind a stage; those that it needs must have been asked about before.
  mutating func fingerprint(
    of stage: StageSpec, _ kind: any Stage.Type, naming pieces: [any Piece.Type]
  ) -> CodeFingerprint {
    let words = ([stage.kind] + pieces.map { $0.kind }).joined(separator: " ")
    var layers = layersOfParts[words] ?? code.layers(of: kind, naming: pieces)
    layersOfParts[words] = layers
    for input in stage.inputs {
      for name in input.stages { layers.formUnion(layersOfStage[name] ?? []) }
    }
    layersOfStage[stage.name] = layers
    let parts = Parts(words: words, layers: layers)
    let print = prints[parts] ?? code.fingerprint(of: kind, naming: pieces, layers: layers)
    prints[parts] = print
    return print
  }
}
