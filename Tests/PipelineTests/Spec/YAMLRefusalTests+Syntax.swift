/// What full YAML has and a spec does not.
extension YAMLRefusalTests {
  static let syntax: [Case] = [
    Case(
      "anchors", "a: &x 1\n",
      """
      t.yaml:1:4: error: anchors are not supported
          1 | a: &x 1
            |    ^~
      hint: write the value out; if it is text, quote it
      """),
    Case(
      "aliases", "a: *x\n",
      """
      t.yaml:1:4: error: aliases are not supported
          1 | a: *x
            |    ^~
      hint: write the value out; if it is text, quote it
      """),
    Case(
      "tags", "a: !!int 1\n",
      """
      t.yaml:1:4: error: tags are not supported
          1 | a: !!int 1
            |    ^~~~~
      hint: remove it, or quote the value
      """),
    Case(
      "document start", "---\na: 1\n",
      """
      t.yaml:1:1: error: document markers are not supported
          1 | ---
            | ^~~
      hint: a spec is one document, without ‘---’ and ‘...’
      """),
    Case(
      "document end", "a: 1\n...\n",
      """
      t.yaml:2:1: error: document markers are not supported
          2 | ...
            | ^~~
      hint: a spec is one document, without ‘---’ and ‘...’
      """),
    Case(
      "second document", "a: 1\n--- # more\nb: 2\n",
      """
      t.yaml:2:1: error: document markers are not supported
          2 | --- # more
            | ^~~
      hint: a spec is one document, without ‘---’ and ‘...’
      """),
    Case(
      "directives", "%YAML 1.2\na: 1\n",
      """
      t.yaml:1:1: error: directives are not supported
          1 | %YAML 1.2
            | ^~~~~
      hint: remove the line, or quote a value that begins with %
      """),
    Case(
      "complex keys", "? a\n: b\n",
      """
      t.yaml:1:1: error: complex keys are not supported
          1 | ? a
            | ^
      hint: a key is a word: ‘key: value’
      """),
    Case(
      "complex keys in braces", "{? a : b}\n",
      """
      t.yaml:1:2: error: complex keys are not supported
          1 | {? a : b}
            |  ^
      hint: a key is a word: ‘key: value’
      """),
    Case(
      "list as key", "[a, b]: c\n",
      """
      t.yaml:1:1: error: complex keys are not supported
          1 | [a, b]: c
            | ^~~~~~
      hint: a key is a word: ‘key: value’
      """),
    Case(
      "mapping as key", "{a: b}: c\n",
      """
      t.yaml:1:1: error: complex keys are not supported
          1 | {a: b}: c
            | ^~~~~~
      hint: a key is a word: ‘key: value’
      """),
    Case(
      "merge keys", "a:\n  <<: b\n",
      """
      t.yaml:2:3: error: merge keys are not supported
          2 |   <<: b
            |   ^~
      hint: write the values out, or let the stage be ‘like’ a recipe
      """),
    Case(
      "tab indentation", "a:\n\tb: 1\n",
      """
      t.yaml:2:1: error: a tab in the indentation
          2 | \tb: 1
            | ^
      hint: indent with spaces
      """),
    Case(
      "tab after spaces", "a:\n  \tb: 1\n",
      """
      t.yaml:2:3: error: a tab in the indentation
          2 |   \tb: 1
            |   ^
      hint: indent with spaces
      """),
    Case(
      "tab between", "a:\t1\n",
      """
      t.yaml:1:3: error: a tab outside quotation marks
          1 | a:\t1
            |   ^
      hint: use spaces; inside "…" write \\t
      """),
    Case(
      "tab in plain text", "a: b\tc\n",
      """
      t.yaml:1:5: error: a tab outside quotation marks
          1 | a: b\tc
            |     ^
      hint: use spaces; inside "…" write \\t
      """),
    Case(
      "tab in a text block", "a: |\n  b\n\tc\n",
      """
      t.yaml:3:1: error: a tab in the indentation
          3 | \tc
            | ^
      hint: indent with spaces
      """),
    Case(
      "duplicate keys", "a: 1\nb: 2\na: 3\n",
      """
      t.yaml:3:1: error: the key ‘a’ is there twice
          3 | a: 3
            | ^
      hint: it was first given in line 1
      """),
    Case(
      "duplicate keys in braces", "{a: 1, \"a\": 2}\n",
      """
      t.yaml:1:8: error: the key ‘a’ is there twice
          1 | {a: 1, "a": 2}
            |        ^~~
      hint: it was first given in line 1
      """),
    Case(
      "plain text over lines", "a: one\n  two\n",
      """
      t.yaml:2:3: error: an unquoted value that goes on over several lines is not supported
          2 |   two
            |   ^~~
      hint: write ‘|’ or ‘>’ after the key and the text below it
      """),
    Case(
      "plain text over lines in brackets", "a: [one\n  two]\n",
      """
      t.yaml:2:3: error: an unquoted value that goes on over several lines is not supported
          2 |   two]
            |   ^~~~
      hint: put a comma between values, or quote the text on one line
      """),
    Case(
      "quoted text over lines", "a: \"one\n  two\"\n",
      """
      t.yaml:1:4: error: the quotation mark is not closed on its line; quoted text over several lines is not supported
          1 | a: "one
            |    ^
      hint: close it, or write ‘|’ or ‘>’ after the key and the text below it
      """),
    Case(
      "single-quoted text over lines", "a: 'one\n  two'\n",
      """
      t.yaml:1:4: error: the quotation mark is not closed on its line; quoted text over several lines is not supported
          1 | a: 'one
            |    ^
      hint: close it, or write ‘|’ or ‘>’ after the key and the text below it
      """),
    Case(
      "escaped line break", "a: \"one\\\n  two\"\n",
      """
      t.yaml:1:8: error: quoted text over several lines is not supported
          1 | a: "one\\
            |        ^
      hint: write ‘|’ or ‘>’ after the key and the text below it
      """),
    Case(
      "reserved at sign", "a: @b\n",
      """
      t.yaml:1:4: error: a value cannot begin with ‘@’
          1 | a: @b
            |    ^
      hint: put the value in quotation marks
      """),
    Case(
      "reserved grave accent", "- `b`\n",
      """
      t.yaml:1:3: error: a value cannot begin with ‘`’
          1 | - `b`
            |   ^
      hint: put the value in quotation marks
      """),
    Case(
      "reserved percent", "a: %b\n",
      """
      t.yaml:1:4: error: unexpected ‘%’
          1 | a: %b
            |    ^
      hint: put the value in quotation marks
      """),
  ]
}
