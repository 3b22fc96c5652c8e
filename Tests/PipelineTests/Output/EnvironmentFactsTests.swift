import Testing

@testable import Pipeline

@Suite("The environment that a report names") struct EnvironmentFactsTests {
  @Test func `one value stands alone, several with how many stages each is of`() {
    #expect(EnvironmentFacts.counted(["a", "a"]) == "a")
    #expect(
      EnvironmentFacts.counted(["b", "a", "b", nil])
        == "b (2 stages), a (1 stage), not kept (1 stage)")
    #expect(EnvironmentFacts.counted([nil, nil]) == "not kept")
  }

  @Test func `an empty profile names nothing`() {
    #expect(EnvironmentFacts.counted([]) == "none")
  }
}
