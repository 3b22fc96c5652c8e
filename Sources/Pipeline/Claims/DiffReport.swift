/// All results of a comparison, ready to be shown.
struct DiffReport: Sendable {
  /// The results, in the order of the claims.
  let results: [ClaimResult]

  /// A report on these results.
  init(_ results: [ClaimResult]) { self.results = results }

  /// 0 if every comparison is good, 2 if one is outside its tolerance, 3 if there is nothing to
  /// compare.
  var exitCode: Int32 {
    if results.contains(where: \.verdict.isOutside) { return 2 }
    return results.contains(where: \.verdict.isCompared) ? 0 : 3
  }

  /// How many results there are of each verdict that occurs, best first.
  var counts: [(verdict: Verdict, count: Int)] {
    Verdict.allCases.compactMap { verdict in
      let count = results.count { $0.verdict == verdict }
      return count > 0 ? (verdict, count) : nil
    }
  }

  /// The results of each paper, in the order in which the papers first occur.
  var papers: [(id: String, report: DiffReport)] {
    grouped { $0.claim.paper }.map { ($0.key, DiffReport($0.results)) }
  }

  /// The results by the section or figure of the paper in which they stand, in the order in which
  /// those first occur.
  ///
  /// `Sec. 5, Fig. 2 caption (c)` belongs to `Sec. 5`; where all of a group stand in the same place,
  /// that place is its heading.
  var places: [(heading: String, results: [ClaimResult])] {
    grouped { $0.claim.section }.map { section, results in
      let locators = Set(results.map(\.claim.locator))
      return (locators.count == 1 ? results[0].claim.locator : section, results)
    }
  }

  private func grouped(
    by key: (ClaimResult) -> String
  ) -> [(key: String, results: [ClaimResult])] {
    var (order, groups): ([String], [String: [ClaimResult]]) = ([], [:])
    for result in results {
      if groups[key(result)] == nil { order.append(key(result)) }
      groups[key(result), default: []].append(result)
    }
    return order.map { ($0, groups[$0] ?? []) }
  }

  /// How many claims rest on answers that are not today's, and who made those; empty if none does.
  var staleSentences: [String] {
    StaleAnswer.sentences(results.compactMap(\.stale)) {
      "\(StaleAnswer.sign) \($0) \($0 == 1 ? "claim rests" : "claims rest") on answers"
    }
  }

  /// The results for a program.
  func json() -> JSON {
    [
      "claims": .array(results.map(\.json)), "counts": countsJSON,
      "papers": .object(papers.map { ($0.id, $0.report.countsJSON) }),
      "exit_code": .int(Int(exitCode)),
    ]
  }

  private var countsJSON: JSON {
    .object(counts.map { ($0.verdict.rawValue, .int($0.count)) })
  }
}

extension ClaimResult {
  /// The sign of a verdict of another day, or nothing.
  var staleSign: String { stale == nil ? "" : " \(StaleAnswer.sign)" }

  /// The result for a program; what is not known is null.
  var json: JSON {
    [
      "id": .string(claim.id), "paper": .string(claim.paper), "locator": .string(claim.locator),
      "metric": .string(claim.metric), "kind": .string(claim.kind.rawValue),
      "unit": .string(claim.unit.word),
      "published": claim.value.json, "ours": ours.map { $0.json(of: claim.kind) } ?? .null,
      "tolerance": [
        "value": .double(tolerance.value), "source": .string(tolerance.source.rawValue),
      ],
      "verdict": .string(verdict.rawValue), "reason": .string(reason),
      "second_hand": .bool(claim.isSecondHand), "tried": tried.map { .string($0) } ?? .null,
      "note": .string(claim.note), "stale": .bool(stale != nil),
      "stale_reasons": .array((stale?.reasons ?? []).map { .string($0) }),
      "made_by": (stale?.commit).map { .string($0) } ?? .null,
    ]
  }
}

extension PublishedValue {
  /// The value for a program; of a matrix, its file and size.
  fileprivate var json: JSON {
    switch self {
    case .number(let number): ["printed": .string(number.text), "value": .double(number.value)]
    case .matrix(let matrix): ["matrix": .string(matrix.file), "cells": .int(matrix.cells.count)]
    }
  }
}

extension Summary {
  /// The measurement for a program.
  fileprivate func json(of kind: MetricKind) -> JSON {
    guard !kind.isMatrix else {
      return [
        "mean_absolute_deviation": .double(mean),
        "rank_correlation": rankCorrelation.map { .double($0) } ?? .null,
        "standard_deviation": deviation.map { .double($0) } ?? .null,
        "replicates": .array(values.map { .double($0) }),
        "cases": cases.map { .int($0) } ?? .null,
      ]
    }
    return [
      "mean": .double(mean), "standard_deviation": deviation.map { .double($0) } ?? .null,
      "replicates": .array(values.map { .double($0) }),
      "cases": cases.map { .int($0) } ?? .null,
      "interval_95": interval.map { [.double($0.lowerBound), .double($0.upperBound)] } ?? .null,
    ]
  }
}
