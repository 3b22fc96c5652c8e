import Foundation

/// How numbers are written for machines and for people; never by the user's locale.
extension Double {
  /// The fewest digits that read back to the same bits; empty if there is no such number.
  ///
  /// Whole numbers lose their `.0`, so that `100` is not three characters longer in a file than in
  /// a sentence.
  var shortestText: String {
    guard isFinite else { return "" }
    let text = description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// Rounded to so many digits after the point, ties by the exact binary value; never `-0`.
  func fixedText(_ decimals: Int) -> String {
    precondition((0...17).contains(decimals), "\(decimals) digits after the point are not sensible")
    let text = String(format: "%.\(decimals)f", self)
    let isZero = text.allSatisfy { "-0.".contains($0) }
    return isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text
  }
}
