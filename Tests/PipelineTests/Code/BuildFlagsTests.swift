import Testing

@testable import Pipeline

@Suite("Flags of a manifest") struct BuildFlagsTests {
  private static let manifest = """
    // swift-tools-version: 6.1
    import PackageDescription

    let fast: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]
    let rooms = ["One", "Two"]

    func room(_ name: String) -> Target {
      .target(name: name, dependencies: [
        "Kernels"
      ], swiftSettings: fast)
    }

    let package = Package(
      name: "p",
      targets: [
        .target(name: "C", cSettings: [.unsafeFlags(["-O3"])]),
        room("One"), room("Two"),
        .executableTarget(name: "Main", dependencies: ["One"], swiftSettings: fast),
        .testTarget(name: "Tests", dependencies: ["Main"], swiftSettings: fast),
      ],
      swiftLanguageModes: [.v6]
    )
    """

  private func digest(_ text: String) -> String {
    SourceFile(name: "Package.swift", bytes: Array(text.utf8)).digest
  }

  private func edited(_ old: String, _ new: String) throws -> String {
    try #require(Self.manifest.contains(old))
    return digest(Self.manifest.replacing(old, with: new))
  }

  @Test(arguments: [
    ("[\"-O\"]", "[\"-Ounchecked\"]"), ("[\"-O3\"]", "[\"-O3\", \"-ffast-math\"]"),
    ("configuration: .debug", "configuration: .release"), ("[.v6]", "[.v5]"),
    ("], swiftSettings: fast)\n}", "])\n}"),
    ("dependencies: [\"One\"], swiftSettings: fast", "dependencies: [\"One\"]"),
    ("name: \"C\", cSettings", "name: \"C\", cxxSettings"),
  ])
  func `another flag is another manifest`(old: String, new: String) throws {
    #expect(try edited(old, new) != digest(Self.manifest))
  }

  @Test(arguments: [
    ("room(\"Two\"),", "room(\"Two\"), room(\"Three\"),"), ("[\"One\", \"Two\"]", "[\"One\"]"),
    ("dependencies: [\"Main\"], swiftSettings: fast", "dependencies: [\"Main\"]"),
    ("let rooms", "// All of them.\nlet rooms"),
    (".testTarget(", ".systemLibrary(name: \"CPNG\", pkgConfig: \"libpng\"),\n.testTarget("),
  ])
  func `what only lists targets is not about flags`(old: String, new: String) throws {
    #expect(try edited(old, new) == digest(Self.manifest))
  }

  @Test func `a manifest without settings has no flags`() {
    #expect(digest("let package = Package(name: \"p\")") == digest(""))
  }
}
