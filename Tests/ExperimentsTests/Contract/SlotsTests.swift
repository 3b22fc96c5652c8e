import Testing

@testable import Contract

/// What a stage gave is held against what its kind declares.
@Suite struct SlotsTests {
  private static let declared: [OutputSlot] = [
    .table("attack", "model", "error"), .images("filters-*"), .plot("curve").ifWanted,
  ]

  private static let table = Artifact.table(
    Table(caption: "", columns: [.init("model", "model"), .init("error", "error")], rows: []))
  private static let images = Artifact.images(
    ImageGrid(
      caption: "", height: 1, width: 1, channels: 1, columns: 1, pixels: [0]))

  private func departure(_ artifacts: [String: Artifact]) -> String? {
    StageOutput(artifacts: artifacts).departure(from: Self.declared)
  }

  @Test func `what is declared departs in nothing`() {
    let given = ["attack": Self.table, "filters-maxout": Self.images]
    #expect(departure(given) == nil)
  }

  @Test func `whatever else it gives is told`() {
    let given = ["attack": Self.table, "filters-maxout": Self.images]
    #expect(
      departure(given.merging(["more": Self.table]) { $1 })
        == "it gave ‘more’, which its kind does not declare")
    #expect(
      departure(given.merging(["curve": Self.table]) { $1 })
        == "it gave ‘curve’ as table, and its kind declares plot")
    #expect(
      departure(["attack": Self.table]) == "it did not give ‘filters-*’, which its kind declares")
    let other = Artifact.table(Table(caption: "", columns: [.init("model", "model")], rows: []))
    #expect(
      departure(given.merging(["attack": other]) { $1 })
        == "the columns of ‘attack’ are model, and its kind declares model, error")
  }
}
