extension StageInput {
  /// The arrays of that name.
  package func tensors(_ name: String) throws(StageFailure) -> TensorBundle {
    guard case .tensors(let bundle)? = output.artifacts[name] else {
      throw StageFailure(.data, "‘\(stage)’ has no arrays named ‘\(name)’")
    }
    return bundle
  }

  /// The table of that name.
  package func table(_ name: String) throws(StageFailure) -> Table {
    guard case .table(let table)? = output.artifacts[name] else {
      throw StageFailure(.data, "‘\(stage)’ has no table named ‘\(name)’")
    }
    return table
  }
}
