/// A named place for other stages' answers.
package struct InputSlot: Hashable, Sendable {
  /// The name used in the spec's `inputs`.
  package let name: String
  /// The artifacts it needs from each stage that fills it.
  package let artifacts: [String]
  /// Whether several stages (or several replicates of one) may fill it.
  package let takesMany: Bool
  /// Whether it may stay empty.
  package private(set) var isOptional = false

  /// The same, where it may stay empty.
  package var ifWanted: Self {
    var slot = self
    slot.isOptional = true
    return slot
  }

  /// A slot.
  package init(_ name: String, artifacts: [String], takesMany: Bool = false) {
    self.name = name
    self.artifacts = artifacts
    self.takesMany = takesMany
  }
}

/// An artifact that every stage of a kind gives, or may give.
///
/// It is declared so that a wrong input, a misspelt figure and a claim about a column that does not
/// exist are mistakes of the spec, told when it is read and not after hours; what a stage really gave
/// is held against it.
package struct OutputSlot: Hashable, Sendable {
  /// The name of the artifact; `filters-*` is one for each stage of an input.
  package let name: String
  /// What it is.
  package let form: Artifact.Form
  /// The columns of a table, in order.
  package let columns: [String]
  /// Whether it may be missing: it stands on the options or the inputs.
  package private(set) var isOptional = false

  /// Named arrays.
  package static func tensors(_ name: String) -> Self { Self(name: name, form: .tensors) }
  /// A table with its columns.
  package static func table(_ name: String, _ columns: String...) -> Self {
    Self(name: name, form: .table, columns: columns)
  }
  /// A table whose columns are known elsewhere.
  package static func table(_ name: String, columns: [String]) -> Self {
    Self(name: name, form: .table, columns: columns)
  }
  /// Pictures.
  package static func images(_ name: String) -> Self { Self(name: name, form: .images) }
  /// Curves.
  package static func plot(_ name: String) -> Self { Self(name: name, form: .plot) }
  /// A matrix in colours.
  package static func heatMap(_ name: String) -> Self { Self(name: name, form: .heatMap) }
  /// A part of the plane in colours.
  package static func plane(_ name: String) -> Self { Self(name: name, form: .plane) }

  /// The same, where it may be missing.
  package var ifWanted: Self {
    var slot = self
    slot.isOptional = true
    return slot
  }

  private init(name: String, form: Artifact.Form, columns: [String] = []) {
    (self.name, self.form, self.columns) = (name, form, columns)
  }

  /// Whether an artifact of that name is meant.
  package func isNamed(_ artifact: String) -> Bool {
    name.hasSuffix("*") ? artifact.hasPrefix(name.dropLast()) : artifact == name
  }
}

extension Artifact {
  /// What an artifact can be.
  package enum Form: String, Hashable, Sendable, CaseIterable {
    case tensors, table, images, plot
    case heatMap = "heat-map"
    case plane
  }

  /// What this one is.
  package var form: Form {
    switch self {
    case .tensors: .tensors
    case .table: .table
    case .images: .images
    case .plot: .plot
    case .heatMap: .heatMap
    case .plane: .plane
    }
  }
}

extension StageOutput {
  /// What is wrong with it against what its kind declares; nil if nothing is.
  package func departure(from declared: [OutputSlot]) -> String? {
    for (name, artifact) in artifacts.sorted(by: { $0.key < $1.key }) {
      guard let slot = declared.first(where: { $0.isNamed(name) }) else {
        return "it gave ‘\(name)’, which its kind does not declare"
      }
      guard artifact.form == slot.form else {
        return "it gave ‘\(name)’ as \(artifact.form.rawValue), and its kind declares"
          + " \(slot.form.rawValue)"
      }
      guard case .table(let table) = artifact else { continue }
      guard table.columns.map(\.name) == slot.columns else {
        return "the columns of ‘\(name)’ are \(table.columns.map(\.name).joined(separator: ", ")),"
          + " and its kind declares \(slot.columns.joined(separator: ", "))"
      }
    }
    let missing = declared.first { slot in
      !slot.isOptional && !artifacts.keys.contains(where: slot.isNamed)
    }
    return missing.map { "it did not give ‘\($0.name)’, which its kind declares" }
  }
}
