@testable import Contract

extension StageOutput {
  /// The table of that name.
  func table(_ name: String) throws -> Table {
    guard case .table(let table)? = artifacts[name] else {
      throw StageFailure(.data, "‘\(name)’ is no table")
    }
    return table
  }

  /// The pictures of that name.
  func images(_ name: String) throws -> ImageGrid {
    guard case .images(let grid)? = artifacts[name] else {
      throw StageFailure(.data, "‘\(name)’ is no picture")
    }
    return grid
  }

  /// The plot of that name.
  func plot(_ name: String) throws -> Plot {
    guard case .plot(let plot)? = artifacts[name] else {
      throw StageFailure(.data, "‘\(name)’ is no plot")
    }
    return plot
  }
}

extension Table {
  /// The cells of a column, top to bottom; empty if there is none of that name.
  func column(_ name: String) -> [Cell] {
    index(of: name).map { column in rows.map { $0[column] } } ?? []
  }
}

/// The mistake in a stage's options, nil if there is none.
func optionError<Kind: Stage>(_ kind: Kind.Type, _ options: [String: Setting]) -> OptionError? {
  var reader = OptionReader(options)
  do throws(OptionError) {
    _ = try Kind(options: &reader)
    try reader.finish()
    return nil
  } catch { return error }
}
