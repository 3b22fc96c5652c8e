extension Checkpoint {
  /// The place of one of several trainings that a stage does in a row.
  ///
  /// `earlier` holds the final states of those before it, which are kept along: a resumed stage finds
  /// each of them as it was left.
  package func part(_ name: String, after earlier: [String: TensorBundle] = [:]) -> Checkpoint {
    Checkpoint(
      load: { load()?.part(name) },
      save: { state in
        save { TensorBundle(parts: earlier.merging([name: state()]) { $1 }) }
      })
  }
}

extension StageContext {
  /// The same context with another place for the state of a training.
  package func with(_ checkpoint: Checkpoint) -> StageContext {
    StageContext(
      name: name, inputs: inputs, seed: seed, workspace: workspace, data: data, progress: progress,
      checkpoint: checkpoint)
  }
}

extension TensorBundle {
  /// Several bundles in one, each under its name.
  package init(parts: [String: TensorBundle]) {
    var arrays: [String: NumericArray] = [:]
    var metadata: [String: String] = [:]
    for (name, part) in parts {
      for (key, array) in part.arrays { arrays["\(name)/\(key)"] = array }
      for (key, value) in part.metadata { metadata["\(name)/\(key)"] = value }
    }
    self.init(arrays, metadata: metadata)
  }

  /// One of several bundles; nil if it is not there.
  package func part(_ name: String) -> TensorBundle? {
    func own<Value>(_ values: [String: Value]) -> [String: Value] {
      Dictionary(
        uniqueKeysWithValues: values.compactMap { key, value in
          key.hasPrefix("\(name)/") ? (String(key.dropFirst(name.count + 1)), value) : nil
        })
    }
    let arrays = own(arrays)
    return arrays.isEmpty ? nil : TensorBundle(arrays, metadata: own(metadata))
  }
}
