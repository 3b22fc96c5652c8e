/// The arithmetic mean of numbers, of which there may be none.
package enum Average {
  /// nil of nothing.
  package static func of(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
}
