/// The candidate closest to a mistyped word, or nil if none is close enough to be meant.
///
/// Distance is Levenshtein's, over characters, and two that changed places are one slip; up to a third
/// of the word may be wrong.
package func nearest(to word: String, in candidates: [String]) -> String? {
  let scored = candidates.map { ($0, editDistance(word.lowercased(), $0.lowercased())) }
  guard let best = scored.min(by: { ($0.1, $0.0) < ($1.1, $1.0) }) else { return nil }
  return best.1 <= max(1, max(word.count, best.0.count) / 3) ? best.0 : nil
}

/// How many characters must be added, taken away, changed or swapped with their neighbour to turn one
/// word into the other.
func editDistance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a), Array(b))
  var (beforeLast, previous) = ([Int](), Array(0...b.count))
  for (i, left) in a.enumerated() {
    var current = [i + 1]
    for (j, right) in b.enumerated() {
      var steps = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (left == right ? 0 : 1))
      if i > 0, j > 0, left == b[j - 1], a[i - 1] == right {
        steps = min(steps, beforeLast[j - 1] + 1)
      }
      current.append(steps)
    }
    (beforeLast, previous) = (previous, current)
  }
  return previous[b.count]
}
