/// Rising numbers as text, runs of them by their ends: `0-2 5` for 0, 1, 2, 5.
///
/// The files behind a stage are most of all files, so that a handful of runs names them.
enum IndexRanges {
  /// The text of numbers in rising order.
  static func text(_ numbers: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = ranges.last, last.upperBound + 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: " ")
  }

  /// The numbers of a text; nil if it is no such text or one of them is not below `count`.
  static func numbers(_ text: Substring, below count: Int) -> [Int]? {
    var numbers: [Int] = []
    for range in text.utf8.split(separator: Ascii.space) {
      let ends = range.split(separator: Ascii.minus).compactMap { Int(Substring($0)) }
      guard let first = ends.first, let last = ends.last, first <= last, first >= 0, last < count
      else { return nil }
      numbers += first...last
    }
    return numbers
  }

  /// The elements that a text names; nil if it is no such text or points beyond them.
  static func elements<Element>(_ text: some StringProtocol, of all: [Element]) -> [Element]? {
    numbers(Substring(text), below: all.count)?.map { all[$0] }
  }
}
