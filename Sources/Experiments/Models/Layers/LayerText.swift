/// A layer as it is written: a word and numbers, as in `dense(240,10)`.
///
/// What is read here may be written otherwise (`dense(+240,10)`); an `Architecture` takes only text
/// that it would write itself.
package struct LayerText: Hashable, Sendable {
  /// What names the layer.
  package let word: String
  /// The numbers behind it.
  package let numbers: [String]

  /// The parts of a text; nil if it has no word.
  init?(_ text: Substring) {
    let parts = text.split(whereSeparator: { "(,)".contains($0) }).map(String.init)
    guard let word = parts.first else { return nil }
    self.word = word
    numbers = Array(parts.dropFirst())
  }

  /// The first `count` numbers, if they are whole, 0…2²⁰, and there are `all` numbers, by default no
  /// more than these.
  package func whole(_ count: Int, of all: Int? = nil) -> [Int]? {
    guard numbers.count == all ?? count else { return nil }
    let found = numbers.prefix(count).compactMap { Int($0) }.filter { (0...1 << 20).contains($0) }
    return found.count == count ? found : nil
  }

  /// All numbers, if there are `count` and they are whole, 1…2²⁰.
  package func positive(_ count: Int) -> [Int]? {
    whole(count).flatMap { $0.contains(0) ? nil : $0 }
  }

  /// All numbers, if there are `count` and they are finite.
  package func reals(_ count: Int) -> [Float]? {
    let found = numbers.compactMap { Float($0) }.filter(\.isFinite)
    return numbers.count == count && found.count == count ? found : nil
  }
}
