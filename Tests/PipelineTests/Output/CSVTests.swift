import Contract
import Testing

@testable import Pipeline

@Suite("CSV") struct CSVTests {
  @Test("a table is written with whole numbers, counts beside percentages and gaps left empty")
  func table() {
    let table = Table(
      caption: "unused",
      columns: [
        .init("model", "Model"), .init("epsilon", "ε", decimals: 1), .init("steps", "Steps"),
        .init("error_rate", "Error", unit: "%", decimals: 1),
      ],
      rows: [
        [.text("soft, \"max\""), .number(0.1), .integer(3), .proportion(hits: 9990, total: 10000)],
        [.text("two\nlines"), .number(1), .missing, .missing],
        [.text(""), .number(.nan), .integer(-1), .number(12.5)],
        [.text("third"), .number(1.0 / 3), .integer(0), .proportion(hits: 1, total: 3)],
      ])
    #expect(
      table.csv == """
        model,epsilon,steps,error_rate,error_rate_hits,error_rate_total
        "soft, ""max""\",0.1,3,99.9,9990,10000
        "two
        lines",1,,,,
        ,,-1,12.5,,
        third,0.3333333333333333,0,33.333333333333336,1,3

        """)
  }

  @Test("what is written is read back")
  func roundTrip() throws {
    let rows = [["a", "b"], ["", ""], ["\"", ","], ["x\ny", "\r\n"], [" é ", "\"\""]]
    let file = try CSVFile(Array(CSVWriter.text(rows).utf8), name: "f.csv")
    #expect([file.header.map(\.text)] + file.records.map { $0.map(\.text) } == rows)
    let narrow = try CSVFile(Array(CSVWriter.text([["a"], [""], ["1"]]).utf8), name: "f.csv")
    #expect(narrow.records.map { $0.map(\.text) } == [[""], ["1"]])
  }

  @Test("both line ends are read, and a last line without one")
  func lineEnds() throws {
    let file = try CSVFile(Array("a,b\r\n1,\"2\"\r\n3,4".utf8), name: "f.csv")
    #expect(file.records.map { $0.map(\.text) } == [["1", "2"], ["3", "4"]])
    #expect(file.records[1][1].line == 3 && file.records[1][1].column == 3)
  }

  @Test(
    "mistakes are refused with file, line and column",
    arguments: [
      ("", "f.csv:1:1: the file is empty"), ("a,a\n", "f.csv:1:3: two columns are ‘a’"),
      ("a,,b\n", "f.csv:1:3: a column has no name"),
      ("a,b\n1\n", "f.csv:2:1: 1 fields where the header has 2"),
      ("a\n\n1\n", "f.csv:2:1: an empty line"), ("a\nx\"y\n", "f.csv:2:2: a quote inside"),
      ("a\n\"x\"y\n", "f.csv:2:4: a character after the closing quote"),
      ("a\n1\n\"x\n\n", "f.csv:3:1: the quote that opens this field is never closed"),
      ("a\n1\r2\n", "f.csv:2:3: a carriage return"),
      ("\u{FEFF}a\n", "f.csv:1:1: the file begins with a byte order mark"),
      ("a,b\n\"1\n2\",3,4\n", "f.csv:2:1: 3 fields"),
    ])
  func mistakes(text: String, start: String) {
    #expect { try CSVFile(Array(text.utf8), name: "f.csv") } throws: {
      "\($0)".hasPrefix(start)
    }
  }

  @Test("invalid UTF-8 is refused")
  func invalid() {
    #expect(throws: CSVError.self) { try CSVFile([0x61, 0x0A, 0xFF], name: "f.csv") }
  }

  @Test(
    "numbers are written for machines and for people",
    arguments: [
      (0.1, "0.1", "0.10"), (100, "100", "100.00"), (1e21, "1e+21", "1000000000000000000000.00"),
      (-0.001, "-0.001", "0.00"), (2.675, "2.675", "2.67"), (-1.5, "-1.5", "-1.50"),
    ])
  func numbers(value: Double, shortest: String, fixed: String) {
    #expect(value.shortestText == shortest)
    #expect(value.fixedText(2) == fixed)
  }
}
