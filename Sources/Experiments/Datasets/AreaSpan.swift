/// What one pixel covers along an axis, in pixels of another size of the same picture.
///
/// Counted in units in which a pixel before is as wide as there are pixels after, and one after as
/// wide as there were before, so that every width is a whole number.
struct AreaSpan: Hashable {
  /// The first pixel that is covered, if only in part.
  let first: Int
  /// The width covered of it and of those after it; they add up to the number of pixels before.
  let weights: [Int]

  /// What each of `side` pixels covers of `length` pixels.
  static func spans(of length: Int, over side: Int) -> [AreaSpan] {
    (0..<side).map { place in
      let (start, end) = (place * length, (place + 1) * length)
      let covered = start / side...(end - 1) / side
      return AreaSpan(
        first: covered.lowerBound,
        weights: covered.map { min(end, ($0 + 1) * side) - max(start, $0 * side) })
    }
  }
}
