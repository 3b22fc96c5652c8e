import Contract
import Testing

@testable import Pipeline

@Suite("Markdown") struct MarkdownTests {
  @Test(
    "words mean themselves",
    arguments: [
      ("plain, words: 1.5 %", "plain, words: 1.5 %"), ("a|b", "a\\|b"), ("x_1*y", "x\\_1\\*y"),
      ("<b>&", "&lt;b&gt;&amp;"), ("[0, 1]", "\\[0, 1\\]"), ("two\nlines", "two lines"),
      ("`$#~\\", "\\`\\$\\#\\~\\\\"),
    ])
  func escape(words: String, text: String) { #expect(Markdown.escape(words) == text) }

  @Test(
    "code holds what a backtick or a bar would break",
    arguments: [
      ("run x --force", "`run x --force`"), ("a|b", "<code>a&#124;b</code>"),
      ("a`<b", "<code>a`&lt;b</code>"),
    ])
  func code(words: String, text: String) { #expect(Markdown.code(words) == text) }

  @Test("numbers stand to the right with their column's decimals, gaps are named")
  func table() {
    let table = Table(
      caption: "",
      columns: [
        .init("a", "Model | x"), .init("b", "Error", unit: "%", decimals: 1), .init("c", "Share"),
        .init("d", "n"), .init("e", "Note"),
      ],
      rows: [
        [
          .text("m_1"), .proportion(hits: 1, total: 3), .proportion(hits: 1, total: 3), .integer(7),
          .missing,
        ],
        [.text("two"), .number(1.25), .missing, .number(0.1), .text("x")],
        [
          .text("three"), .number(.infinity), .proportion(hits: 0, total: 0), .integer(-1),
          .text(""),
        ],
      ])
    #expect(
      table.markdown == """
        | Model \\| x | Error (%) | Share | n | Note |
        | :--- | ---: | ---: | ---: | :--- |
        | m\\_1 | 33.3 <sub>1&#8239;/&#8239;3</sub> | 33.33 % <sub>1&#8239;/&#8239;3</sub> | 7 | *missing* |
        | two | 1.2 | *missing* | 0.1 | x |
        | three | *missing* | *missing* | -1 |  |

        """)
  }

  @Test("links to files with spaces still are links")
  func link() { #expect(Markdown.link("CSV", to: "a b.csv") == "[CSV](a%20b.csv)") }

  @Test("pictures share the width")
  func figures() {
    let one = Markdown.figures([("a.png", "A \"quoted\"", "words")])
    #expect(one.contains("width=\"100%\"") && one.contains("alt=\"A &quot;quoted&quot;\""))
    let two = Markdown.figures([("a.png", "a", "A"), ("b.png", "b", "B")])
    #expect(two.split(separator: "width=\"50%\"").count == 3)
  }
}
