import Testing

@testable import Pipeline

/// Everything of YAML that is not read is refused by name, with what would be accepted.
@Suite struct YAMLRefusalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let error: String

    init(_ name: String, _ text: String, _ error: String) {
      (self.name, self.text, self.error) = (name, text, error)
    }

    var testDescription: String { name }
  }

  @Test(arguments: cases)
  func refusal(of refused: Case) { #expect(reading(refused.text) == refused.error) }

  private static let cases = syntax + types + collections + blocks
}
