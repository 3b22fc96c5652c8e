/// Text blocks, and values that stand where none can.
extension YAMLRefusalTests {
  static let blocks: [Case] = [
    Case(
      "text block in brackets", "a: [|]\n",
      """
      t.yaml:1:5: error: text blocks are not possible inside brackets
          1 | a: [|]
            |     ^
      hint: write the text in quotation marks
      """),
    Case(
      "text on the line of a block", "a: | text\n",
      """
      t.yaml:1:6: error: unexpected text after the head of a text block
          1 | a: | text
            |      ^~~~
      hint: put the text on the next line
      """),
    Case(
      "bad text block header", "a: |x\n",
      """
      t.yaml:1:5: error: unexpected text after ‘|’
          1 | a: |x
            |     ^
      hint: put the text on the next line; only -, + and one digit from 1 to 9 may follow
      """),
    Case(
      "text block as document", "|\n  a\n",
      """
      t.yaml:1:1: error: a text block that belongs to no key
          1 | |
            | ^
      hint: write ‘key: |’
      """),
    Case(
      "spaces before a text block", "a: |\n     \n  b\n",
      """
      t.yaml:2:1: error: an empty line with other spaces than the text below it
          2 |      
            | ^~~~~
      hint: remove the spaces of the empty line
      """),
    Case(
      "stray closing bracket", "a: ]\n",
      """
      t.yaml:1:4: error: unexpected ‘]’
          1 | a: ]
            |    ^
      hint: put the value in quotation marks
      """),
    Case(
      "value without key in a block", ": a\n",
      """
      t.yaml:1:1: error: a value without a key
          1 | : a
            | ^
      hint: write ‘key: value’
      """),
    Case(
      "text after the root", "[a]\nb\n",
      """
      t.yaml:2:1: error: this belongs to nothing above it
          2 | b
            | ^
      hint: indent it like the lines it belongs to
      """),
  ]
}
