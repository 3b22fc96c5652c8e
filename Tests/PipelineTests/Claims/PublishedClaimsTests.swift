import Foundation
import Testing

@testable import Pipeline

@Suite("Published claims") struct PublishedClaimsTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../published").standardizedFileURL.path

  @Test("the project's own claims are read, and every judged one has a check and conditions")
  func project() throws {
    let claims = try PublishedClaims.load(folder: Self.folder)
    let papers = Dictionary(grouping: claims, by: \.paper).mapValues(\.count)
    #expect(
      papers == [
        "goodfellow2015": 58, "maxout2013": 7, "jiang2023": 16, "fgsm_tutorial": 21,
        "papernot2016": 22, "kos2017": 16, "bradshaw2017": 30,
      ])
    for claim in claims where claim.ungatedBecause == nil {
      #expect(claim.check != nil && !claim.requirements.isEmpty, "\(claim.id)")
    }
    let softmax = try #require(
      claims.first { $0.id == "goodfellow2015.softmax.fgsm_0.25.error_rate" })
    #expect(softmax.value.target == 99.9 && softmax.locator == "Sec. 4")
    #expect(softmax.kind == .attackRate && softmax.confidence == .paperText)
    #expect(softmax.requirements.map(\.key) == ["data", "test-images"])
  }

  @Test(
    "the printed precision is half a unit of the last digit",
    arguments: [
      ("99.9", 99.9, 0.05), ("99.0", 99, 0.05), ("99", 99, 0.5), ("0.782", 0.782, 0.0005),
      ("-2.50", -2.5, 0.005),
    ])
  func precision(text: String, value: Double, half: Double) throws {
    let printed = try #require(PrintedValue(text))
    #expect(printed.value == value && printed.halfUnit == half)
  }

  @Test(
    "what is no decimal number is none",
    arguments: [
      "", ".5", "5.", "1e3", "+1", "1,5", "nan", "inf", "0x1", "1.2.3", "--1", "٣", " 1",
      "1234567890123456789",
    ])
  func noNumber(text: String) { #expect(PrintedValue(text) == nil) }

  @Test(
    "a mistake is refused in its place",
    arguments: [
      (["value": "99,9"], "is no value"), (["value": ""], "is no value"),
      (["year": "15"], "is no year"),
      (["unit": "nats"], "percent, fraction or"),
      (["unit": "count"], "count of 10000"), (["unit": "count of 0"], "count of 10000"),
      (["unit": "count of x"], "count of 10000"), (["direction": "down"], "is no direction"),
      (["source_confidence": "sure"], "is no source_confidence"),
      (["metric_kind": "error"], "is no metric_kind"),
      (["tolerance": "wide"], "is no tolerance"),
      (["tolerance": "0", "note": "why"], "greater than 0"),
      (["tolerance": "5"], "reason in the note"), (["locator": ""], "‘locator’ is empty"),
      (["check": "ours > "], "check cannot be read"),
      (["check": "ours >= paper2015.other.x"], "there is no claim"),
      (["check": "ours >= paper2015.model.attack.error_rate"], "by itself"),
      (["requires": "data"], "‘key=value; key=value’"), (["requires": "data=mnist;"], "key=value"),
      (["requires": "a=1; a=2"], "twice"), (["id": "other.x"], "is no id"),
      (["id": "paper2015"], "is no id"),
      (["id": "paper2015..x"], "is no id"),
      (["id": "paper2016.x", "paper": "paper2016"], "belongs into paper2016.csv"),
    ])
  func mistakes(replaced: [String: String], words: String) {
    #expect { try ClaimFixture.claims([replaced]) } throws: { error in
      "\(error)".hasPrefix("published/paper2015.csv:2:") && "\(error)".contains(words)
    }
  }

  @Test("a claim stands once only, across files too")
  func twice() {
    #expect { try ClaimFixture.claims([[:], [:]]) } throws: {
      "\($0)".hasPrefix("published/paper2015.csv:3:1:") && "\($0)".contains("second time")
    }
  }

  @Test("columns are named exactly, with a suggestion")
  func columns() {
    let good = ClaimFixture.csv([[:]])
    func read(_ text: String) throws {
      _ = try PublishedClaims.read([("paper2015.csv", Array(text.utf8))])
    }
    #expect(throws: Never.self) { try read(good) }
    #expect { try read(good.replacing("locator", with: "locater")) } throws: {
      "\($0)" == "paper2015.csv:1:15: unknown column ‘locater’; did you mean ‘locator’?"
    }
    #expect { try read("id,paper\n") } throws: { "\($0)".contains("‘year’ is missing") }
  }

  @Test("a check may name any claim that is published")
  func references() throws {
    let claims = try ClaimFixture.claims([
      ["check": "ours >= 2 * paper2015.model.clean.error_rate"],
      ["id": "paper2015.model.clean.error_rate"],
    ])
    #expect(claims[0].check?.terms[0].reference == claims[1].id)
  }
}
