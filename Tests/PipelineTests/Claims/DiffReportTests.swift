import Testing

@testable import Pipeline

@Suite("The comparison") struct DiffReportTests {
  /// One result of every sort.
  static func results() throws -> [ClaimResult] {
    let claims = try ClaimFixture.claims([
      ["id": "paper2015.a.error_rate"], ["id": "paper2015.b.error_rate"],
      ["id": "paper2015.c.error_rate"], ["id": "paper2015.d.error_rate", "value": "90"],
      ["id": "paper2015.e.error_rate", "note": "SECOND-HAND: from a talk"],
      ["id": "paper2015.f.error_rate", "source_confidence": "memory"],
      ["id": "paper2015.g.error_rate", "locator": "Fig. 2 | (c)"],
    ])
    func of(_ hits: [Int], _ total: Int, data: String = "mnist") -> Observation {
      Observation(
        hits.map { .proportion(hits: $0, total: total) },
        conditions: ["data": data, "test-images": "10000"])
    }
    return try judge(
      claims,
      [
        claims[0].id: of([9012, 8950, 9101], 10000), claims[1].id: of([85], 100),
        claims[2].id: of([8512], 10000), claims[3].id: of([312], 10000),
        claims[4].id: of([10000], 10000, data: "synthetic digits"), claims[5].id: of([9100], 10000),
      ],
      remarks: [
        claims[0].id: ClaimRemarks(tried: "never told"),
        claims[3].id: ClaimRemarks(tried: "longer training"),
      ], by: .factsAlone)
  }

  static let exitCodes: [(chosen: [Int], code: Int32)] = [
    ([0], 0), ([1], 0), ([2], 2), ([3], 2), ([4], 3), ([5], 3), ([6], 3), ([], 3), ([0, 4, 6], 0),
    ([0, 2, 4], 2), ([0, 1, 5], 0),
  ]

  @Test("the exit code tells good, outside and nothing to compare", arguments: exitCodes)
  func exitCode(chosen: [Int], code: Int32) throws {
    let results = try Self.results()
    #expect(DiffReport(chosen.map { results[$0] }).exitCode == code)
  }

  @Test("papers and places keep the order in which they first occur")
  func groups() throws {
    let claims = try PublishedClaims.read(
      [("paper2015", ["Sec. 5", "Fig. 1, left", "Sec. 5, Fig. 2"]), ("a2016", ["Sec. 1, a"])]
        .map { paper, locators in
          let rows = locators.enumerated().map { i, locator in
            ["id": "\(paper).c\(i)", "paper": paper, "locator": locator]
          }
          return ("\(paper).csv", Array(ClaimFixture.csv(rows).utf8))
        })
    let report = DiffReport(try judge(claims, [:], by: .factsAlone))
    #expect(report.papers.map(\.id) == ["paper2015", "a2016"])
    let places = report.papers[0].report.places
    #expect(places.map(\.heading) == ["Sec. 5", "Fig. 1, left"])
    #expect(places[0].results.map(\.claim.shortID) == ["c0", "c2"])
  }

  @Test("a program reads the same numbers")
  func json() throws {
    let json = try DiffReport(Self.results()).json()
    #expect(try JSON.parse(json.text()) == json)
    let claims = try #require(json["claims"]?.array)
    #expect(claims.count == 7 && json["exit_code"] == 2)
    #expect(claims[0]["ours"]?["replicates"] == [.double(90.12), .double(89.5), .double(91.01)])
    #expect(claims[0]["verdict"] == "reproduced" && claims[0]["published"]?["printed"] == "90.0")
    #expect(claims[6]["ours"] == .null && claims[6]["verdict"] == "not run")
    #expect(claims[4]["second_hand"] == true && claims[0]["second_hand"] == false)
    #expect(json["counts"]?["not comparable"] == 1)
    #expect(json["papers"]?["paper2015"] == json["counts"])
    #expect(claims[3]["tried"] == "longer training" && claims[0]["tried"] == .null)
    #expect(claims[6]["reason"] == "no stage measures it" && claims[0]["note"] == "")
  }
}
