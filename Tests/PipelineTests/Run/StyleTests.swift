import Testing

@testable import Pipeline

@Suite("Words on a terminal") struct StyleTests {
  @Test(arguments: [
    (0, "0.0 s"), (0.04, "0.0 s"), (0.44, "0.4 s"), (9.94, "9.9 s"), (9.96, "10 s"), (59.4, "59 s"),
    (59.6, "1 min 00 s"), (185, "3 min 05 s"), (3599.6, "1 h 00 min"), (7800, "2 h 10 min"),
    (.infinity, "unknown time"), (.nan, "unknown time"),
  ])
  func `durations`(seconds: Double, text: String) {
    #expect(Style.duration(seconds) == text)
  }

  @Test(arguments: [
    (0, "0 bytes"), (1023, "1023 bytes"), (1024, "1.0 KiB"), (1536, "1.5 KiB"),
    (1 << 20, "1.0 MiB"), (5 << 30, "5.0 GiB"), (5 << 40, "5120.0 GiB"),
  ])
  func `sizes`(bytes: Int, text: String) {
    #expect(Style.bytes(bytes) == text)
  }

  @Test(arguments: [(0.26, "0.3"), (99.94, "99.9"), (100.4, "100"), (12345.6, "12346")])
  func `rates`(rate: Double, text: String) {
    #expect(Style.rate(rate) == text)
  }

  @Test func `colours only where they are wanted`() {
    #expect(Style(color: false).bad("x") == "x")
    #expect(Style(color: true).bad("x") == "\u{1B}[31;1mx\u{1B}[0m")
    #expect(Style(color: false).bar(0.5) == "[██████████░░░░░░░░░░]")
    #expect(Style(color: false).bar(7) == "[████████████████████]")
    #expect(Style(color: false).bar(-1) == "[░░░░░░░░░░░░░░░░░░░░]")
  }

  @Test func `a cut line fits, and escapes take no place`() {
    #expect(Style.cut("abc", to: 10) == "abc")
    #expect(Style.cut("abcdef", to: 4) == "abc…")
    #expect(Style.cut("a\u{1B}[31mbcdef\u{1B}[0m", to: 4) == "a\u{1B}[31mbc\u{1B}[0m…")
    #expect(Style.cut("\u{1B}[2mabc\u{1B}[0m", to: 4) == "\u{1B}[2mabc\u{1B}[0m")
    #expect(!Style.cut(String(repeating: "x", count: 99), to: 20).contains("\u{1B}"))
  }
}
