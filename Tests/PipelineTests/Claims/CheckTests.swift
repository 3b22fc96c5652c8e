import Testing

@testable import Pipeline

@Suite("Qualitative checks") struct CheckTests {
  static let others = ["p.clean": 0.94, "p.other-one_2": 40]

  @Test(
    "a check holds or fails by our own values",
    arguments: [
      ("ours >= 50", 50, true), ("ours >= 50", 49.999, false), ("ours > 50", 50, false),
      ("ours <= 5", 5, true), ("ours < 5", 5, false), ("ours < 5.5", 5.25, true),
      ("ours >= -1", -0.5, true), ("ours >= 10 * p.clean", 9.5, true),
      ("ours >= 10 * p.clean", 9.3, false), ("ours < p.other-one_2", 39, true),
      ("ours <= 0.5 * p.other-one_2 and ours >= p.clean", 20, true),
      ("ours <= 0.5 * p.other-one_2 and ours >= p.clean", 21, false),
      ("ours <= 0.5 * p.other-one_2 and ours >= p.clean", 0.5, false),
    ])
  func holds(text: String, ours: Double, expected: Bool) throws {
    #expect(try Check(text).holds(ours: ours, others: Self.others) == expected)
  }

  @Test(
    "a matrix is checked by its rank correlation, if there is one",
    arguments: [
      ("spearman >= 0.5", 0.5, true), ("spearman >= 0.5", 0.499, false),
      ("spearman > 0 and ours <= 20", 0.1, true), ("spearman > 0 and ours <= 5", 0.1, false),
      ("spearman >= 0.5", nil, nil),
    ])
  func correlation(text: String, spearman: Double?, expected: Bool?) throws {
    #expect(try Check(text).holds(ours: 10, spearman: spearman, others: [:]) == expected)
  }

  @Test("without the other value there is no answer")
  func unknown() throws {
    #expect(try Check("ours >= p.nobody").holds(ours: 1, others: Self.others) == nil)
    #expect(
      try Check("ours >= 50 and ours >= p.nobody").holds(ours: 1, others: Self.others) == nil)
  }

  @Test(
    "what is not a check is refused",
    arguments: [
      ("", "the end where ‘ours’"), ("50 <= ours", "‘50’ where ‘ours’"),
      ("ours", "the end where one of"),
      ("spearmann >= 1", "‘spearmann’ where ‘ours’ or ‘spearman’"),
      ("ours = 5", "‘=’ where one of >= <= > <"), ("ours >=", "the end where a number"),
      ("ours >= ours", "‘ours’ where a number"), ("ours >= 5 *", "the end where"),
      ("ours >= 5 * 6", "‘6’ where"),
      ("ours >= 5 6", "‘6’ where ‘and’"), ("ours >= 5 and", "the end where ‘ours’"),
      ("ours >= 5%", "‘5%’"), ("ours>=5", "‘ours>=5’"), ("ours >= .5", "‘.5’"),
      ("ours >= a..b", "‘a..b’"),
    ])
  func refused(text: String, words: String) {
    #expect { try Check(text) } throws: { "\($0)".contains(words) }
  }
}
