/// Mappings and lists that are not well formed.
extension YAMLRefusalTests {
  static let collections: [Case] = [
    Case(
      "no space after the colon", "a: 1\nb:2\n",
      """
      t.yaml:2:1: error: a key without a value
          2 | b:2
            | ^~~
      hint: put a space after the colon: ‘b: …’
      """),
    Case(
      "no space after the colon in braces", "a: {b:2}\n",
      """
      t.yaml:1:5: error: a key without a value
          1 | a: {b:2}
            |     ^~~
      hint: put a space after the colon: ‘b: …’
      """),
    Case(
      "colon that touches a bracket", "a: {b:}\n",
      """
      t.yaml:1:7: error: a colon without a space after it
          1 | a: {b:}
            |       ^
      hint: write ‘: ’, and null for nothing
      """),
    Case(
      "second colon", "a: b: c\n",
      """
      t.yaml:1:5: error: a second ‘: ’ on one line
          1 | a: b: c
            |     ^
      hint: quote text with a colon, or write {key: value}
      """),
    Case(
      "key without colon", "a: 1\nb\n",
      """
      t.yaml:2:1: error: a key without a value
          2 | b
            | ^
      hint: write ‘key: value’
      """),
    Case(
      "text after quotes", "a: \"b\" c\n",
      """
      t.yaml:1:8: error: unexpected text after the value
          1 | a: "b" c
            |        ^
      hint: quote the whole value, or put it on its own line
      """),
    Case(
      "text after brackets", "a: [b] c\n",
      """
      t.yaml:1:8: error: unexpected text after the value
          1 | a: [b] c
            |        ^
      hint: quote the whole value, or put it on its own line
      """),
    Case(
      "comment that touches", "a: \"b\"#c\n",
      """
      t.yaml:1:7: error: unexpected text after the value
          1 | a: "b"#c
            |       ^
      hint: quote the whole value, or put it on its own line
      """),
    Case(
      "comment that touches in brackets", "a: [b,#c\n  d]\n",
      """
      t.yaml:1:7: error: a ‘#’ that touches what is before it
          1 | a: [b,#c
            |       ^
      hint: put a space before a comment, or quote the text
      """),
    Case(
      "list on the line of its key", "a: - b\n",
      """
      t.yaml:1:4: error: a list cannot begin on the line of its key
          1 | a: - b
            |    ^
      hint: put ‘- ’ on the next line, or write [a, b]
      """),
    Case(
      "list entry among keys", "a: 1\n- b\n",
      """
      t.yaml:2:1: error: a list entry among the keys of a mapping
          2 | - b
            | ^
      hint: indent the list under its key
      """),
    Case(
      "key among list entries", "- a\nb: 1\n",
      """
      t.yaml:2:1: error: this belongs to nothing above it
          2 | b: 1
            | ^~
      hint: indent it like the lines it belongs to
      """),
    Case(
      "dash in brackets", "[- a]\n",
      """
      t.yaml:1:2: error: a ‘- ’ inside brackets
          1 | [- a]
            |  ^
      hint: write [a, b]
      """),
    Case(
      "lone dash", "[-]\n",
      """
      t.yaml:1:2: error: a ‘-’ that begins no list here
          1 | [-]
            |  ^
      hint: put the value in quotation marks
      """),
    Case(
      "too much indentation", "a: 1\n  b: 2\n",
      """
      t.yaml:2:3: error: this line is indented by 2, which fits nothing above it
          2 |   b: 2
            |   ^~
      hint: indent it by 0, like the lines it belongs to
      """),
    Case(
      "unaligned indentation", "a:\n    b: 1\n  c: 2\n",
      """
      t.yaml:3:3: error: this line is indented by 2, which fits nothing above it
          3 |   c: 2
            |   ^~
      hint: indent it by 0, like the lines it belongs to
      """),
    Case(
      "unaligned list", "a:\n  - 1\n   - 2\n",
      """
      t.yaml:3:4: error: this line is indented by 3, which fits nothing above it
          3 |    - 2
            |    ^
      hint: indent it by 2, like the lines it belongs to
      """),
    Case(
      "unclosed bracket", "a: [1,\n  2\n",
      """
      t.yaml:1:4: error: this bracket is never closed
          1 | a: [1,
            |    ^
      hint: put ‘]’ at its end
      """),
    Case(
      "unclosed brace", "a: {b: 1\n",
      """
      t.yaml:1:4: error: this bracket is never closed
          1 | a: {b: 1
            |    ^
      hint: put ‘}’ at its end
      """),
    Case(
      "wrong bracket", "a: [1}\n",
      """
      t.yaml:1:6: error: unexpected text inside the brackets
          1 | a: [1}
            |      ^
      hint: put ‘,’ between values and ‘]’ at the end
      """),
    Case(
      "missing comma", "a: [\"b\" \"c\"]\n",
      """
      t.yaml:1:9: error: unexpected text inside the brackets
          1 | a: ["b" "c"]
            |         ^
      hint: put ‘,’ between values and ‘]’ at the end
      """),
    Case(
      "lone comma", "a: [1,,2]\n",
      """
      t.yaml:1:7: error: a comma without a value before it
          1 | a: [1,,2]
            |       ^
      hint: remove the comma, or write null
      """),
    Case(
      "pair in brackets", "a: [b: c]\n",
      """
      t.yaml:1:6: error: a key and a value inside brackets
          1 | a: [b: c]
            |      ^
      hint: write [{key: value}], or quote the text
      """),
    Case(
      "value without key", "a: {: b}\n",
      """
      t.yaml:1:5: error: a value without a key
          1 | a: {: b}
            |     ^
      hint: write {key: value}
      """),
    Case(
      "key without value", "a: {b}\n",
      """
      t.yaml:1:5: error: a key without a value
          1 | a: {b}
            |     ^
      hint: write ‘key: value’
      """),
    Case(
      "bracket line too far out", "a:\n  b: [1,\n  2]\n",
      """
      t.yaml:3:3: error: this line is inside brackets, but indented by only 2
          3 |   2]
            |   ^~
      hint: indent it by 3 or more, or close the bracket before it
      """),
    Case(
      "colon text in brackets", "a: [:b]\n",
      """
      t.yaml:1:5: error: unexpected ‘:’
          1 | a: [:b]
            |     ^
      hint: put the value in quotation marks
      """),
  ]
}
