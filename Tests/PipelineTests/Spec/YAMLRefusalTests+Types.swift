/// Keys, numbers and escapes that cannot be held.
extension YAMLRefusalTests {
  static let types: [Case] = [
    Case(
      "key that is a number", "a:\n  1: b\n",
      """
      t.yaml:2:3: error: a key must be text, not a whole number
          2 |   1: b
            |   ^
      hint: write '1' in quotation marks
      """),
    Case(
      "key that is a truth value", "true: b\n",
      """
      t.yaml:1:1: error: a key must be text, not true or false
          1 | true: b
            | ^~~~
      hint: write 'true' in quotation marks
      """),
    Case(
      "integer beyond 64 bits", "seed: 9223372036854775808\n",
      """
      t.yaml:1:7: error: the whole number does not fit into 64 bits
          1 | seed: 9223372036854775808
            |       ^~~~~~~~~~~~~~~~~~~
      hint: give a number from -9223372036854775808 to 9223372036854775807, or quote it, if it is text
      """),
    Case(
      "float beyond double", "a: 1e999\n",
      """
      t.yaml:1:4: error: the number is too large
          1 | a: 1e999
            |    ^~~~~
      hint: write .inf for infinity, or quote it, if it is text
      """),
    Case(
      "float below double", "a: 1e-999\n",
      """
      t.yaml:1:4: error: the number is too small to be told from 0
          1 | a: 1e-999
            |    ^~~~~~
      hint: write 0, or quote it, if it is text
      """),
    Case(
      "unknown escape", "a: \"b\\qc\"\n",
      """
      t.yaml:1:6: error: an unknown escape
          1 | a: "b\\qc"
            |      ^~
      hint: write \\\\ for a backslash, or use '…', which has no escapes
      """),
    Case(
      "short escape", "a: \"\\u12\"\n",
      """
      t.yaml:1:5: error: an escape with too few digits
          1 | a: "\\u12"
            |     ^~~~
      hint: write 4 hexadecimal digits
      """),
    Case(
      "surrogate escape", "a: \"\\uD83D\\uDE00\"\n",
      """
      t.yaml:1:5: error: an escape that names no character
          1 | a: "\\uD83D\\uDE00"
            |     ^~~~~~
      hint: write characters above U+FFFF as \\U and eight digits, not as a surrogate pair
      """),
  ]
}
