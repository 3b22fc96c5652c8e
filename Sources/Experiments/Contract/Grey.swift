/// Values in 0…1 as grey levels; what lies beyond is shown as black or white.
package func grey(_ values: some Sequence<Float>) -> [UInt8] {
  values.map { UInt8((min(max($0, 0), 1) * 255).rounded()) }
}

/// Values of either sign as grey levels: zero is mid-grey, the largest magnitude black or white.
package func signedGrey(_ values: [Float]) -> [UInt8] {
  let largest = max(values.map(abs).max() ?? 0, .leastNormalMagnitude)
  return grey(values.map { ($0 / largest + 1) / 2 })
}
