"""Writes YAML documents and what an independent parser reads in them.

    python3 -m venv venv && venv/bin/pip install ruamel.yaml
    venv/bin/python Tests/Oracles/yaml_agreement.py DIR [COUNT [SEED]]
    YAML_ORACLE_DIR=DIR swift test --filter YAMLOracleTests

Three classes of documents: `accept-*` are written in the subset from a known value and must be read;
`mutant-*` are those with a few bytes changed, and `soup-*` are made of YAML's own tokens at random:
both may be refused, but what is accepted must agree. `NAME.expected` holds the value (YAML flow
style, JSON but for infinities), or `error: …` where the other parser refuses the document.

Structure and text come from ruamel.yaml's composer in YAML 1.2 mode; the types of plain scalars are
decided here, by the regular expressions of the core schema in the YAML 1.2.2 specification, because
ruamel's own resolver keeps underscores and binary numbers of YAML 1.1.
"""

import json
import pathlib
import random
import re
import sys

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, ScalarNode

SAMPLES = [
    "a", "learning-rate", "true", "No", "null", "~", "", "12", "012", "0x1F", "1e3", ".5", "1.", "-0.0",
    ".inf", "-.INF", ".nan", "1_000", "1:30", "0b1", "two words", "a: b", "a #b", "a#b", "#c", "- x", "-x",
    "it's", 'say "hi"', "back\\slash", "tab\there", "line\nbreak", "ends\n", "\n", " lead", "trail ", "é",
    "数字", "𝛿", "[x]", "{x}", "a,b", "*x", "&x", "!x", "@x", "%x", "`x", "|", ">", "?", "? x", ":", ":x",
    "x:", "<<", "---", "...", "\u0007", "\u00a0", "2026-11-21", "=", "+", "-", ".", "+12", "0o17", "1e-5",
]
NUMBERS = [0, 1, -7, 12, 2**63 - 1, -(2**63), 0.1, 1e300, -2.5e-8, 5e-324, 1.0, True, False, None]
TOKENS = [
    "a", "b: ", "c:", "- ", "-", " ", "  ", "\n", "\n", "\n  ", "\n    ", "# x", " # y", "'q'", '"r"', '"s\\n"',
    "[", "]", "{", "}", ", ", ",", ": ", ":", "|\n", ">\n", "|-\n", ">+\n", "|2\n", "? ", "&x", "*x", "!t",
    "1", "1.5", "~", "true", "\t", "...", "---", "%", "''", '""', "\r\n", "é", "<<: ", "key: v\n", "- i\n",
]

INT = re.compile(r"[-+]?[0-9]+\Z")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")


def core(word):
    """The value of a plain scalar."""
    if word in ("", "~", "null", "Null", "NULL"):
        return None
    if word in ("true", "True", "TRUE"):
        return True
    if word in ("false", "False", "FALSE"):
        return False
    if INT.match(word):
        return int(word)
    if re.match(r"0o[0-7]+\Z", word):
        return int(word[2:], 8)
    if re.match(r"0x[0-9a-fA-F]+\Z", word):
        return int(word[2:], 16)
    if FLOAT.match(word):
        return float(word)
    if re.match(r"[-+]?(\.inf|\.Inf|\.INF)\Z", word):
        return float("-inf") if word[0] == "-" else float("inf")
    if re.match(r"(\.nan|\.NaN|\.NAN)\Z", word):
        return float("nan")
    return word


def value(node):
    if node is None:
        return None
    if node.tag and node.tag.startswith("!"):
        raise ValueError("a tag")
    if isinstance(node, ScalarNode):
        return core(node.value) if not node.style else node.value
    if isinstance(node, MappingNode):
        result = {}
        for key, item in node.value:
            name = value(key)
            if not isinstance(name, str) or name in result:
                raise ValueError("a key that is no text, or is there twice")
            result[name] = value(item)
        return result
    return [value(item) for item in node.value]


def reference(text):
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 2)
    return value(yaml.compose(text))


def show(item):
    """The value in YAML flow style."""
    if isinstance(item, float):
        return repr(item).replace("inf", ".inf").replace("nan", ".nan")
    if isinstance(item, dict):
        return "{" + ", ".join(f"{show(k)}: {show(v)}" for k, v in item.items()) + "}"
    if isinstance(item, list):
        return "[" + ", ".join(map(show, item)) + "]"
    text = json.dumps(item, ensure_ascii=False)
    return "".join(c if c.isprintable() and ord(c) < 0x10000 else escape(c) for c in text)


def escape(character):
    return f"\\U{ord(character):08x}"


class Writer:
    """Writes a random value in a random style of the subset."""

    def __init__(self, rng):
        self.rng = rng

    def tree(self, depth):
        kind = self.rng.random()
        if depth == 0 or kind < 0.35:
            return self.rng.choice(NUMBERS if self.rng.random() < 0.3 else SAMPLES)
        size = self.rng.randrange(0, 5)
        if kind < 0.65:
            return [self.tree(depth - 1) for _ in range(size)]
        return {key: self.tree(depth - 1) for key in self.rng.sample(SAMPLES, size)}

    def scalar(self, item, flow):
        if isinstance(item, float):
            return show(item)
        if not isinstance(item, str):
            return json.dumps(item)
        styles = []
        if self.is_plain(item, flow):
            styles += ["plain"] * 3
        if item.isprintable():
            styles.append("single")
        style = self.rng.choice(styles + ["double"])
        if style == "plain":
            return item
        if style == "single":
            return "'" + item.replace("'", "''") + "'"
        return show(item)

    def is_plain(self, text, flow):
        if core(text) is not text or text != text.strip() or not text.isprintable():
            return False
        if text[0] in "[]{},#&*!|>'\"%@`" or text in ("-", "?", ":") or text[:2] in ("- ", "? ", ": "):
            return False
        if text in ("---", "...", "<<") or ": " in text or " #" in text or text.endswith(":"):
            return False
        return not flow or (not set(text) & set("[]{},") and text[0] not in "-?:")

    def gap(self):
        pick = self.rng.random()
        return " # note\n" if pick < 0.1 else "\n\n" if pick < 0.15 else "   \n" if pick < 0.2 else "\n"

    def flow(self, item, indent):
        sep = self.rng.choice([", ", ",", " , ", ",\n" + " " * (indent + 2)])
        pad = self.rng.choice(["", " "])
        if isinstance(item, list):
            return "[" + pad + sep.join(self.flow(i, indent) for i in item) + pad + "]"
        if isinstance(item, dict):
            pairs = [self.scalar(k, True) + ": " + self.flow(v, indent) for k, v in item.items()]
            return "{" + pad + sep.join(pairs) + pad + "}"
        return self.scalar(item, True)

    def block_text(self, text, indent):
        """A literal block; only for text that it can hold."""
        if not text or text[0] in " \n\t" or not all(c == "\n" or c.isprintable() for c in text):
            return None
        body = text[:-1] if text.endswith("\n") else text
        if body.endswith("\n") or not body:
            return None
        margin = " " * (indent + self.rng.randrange(1, 5))
        chomp = "" if text.endswith("\n") else "-"
        return "|" + chomp + "\n" + "\n".join(margin + line if line else "" for line in body.split("\n")) + "\n"

    def block(self, item, indent, margin):
        """Lines for a value in column `indent`, the first without its margin."""
        lines = []
        if isinstance(item, dict):
            for key, child in item.items():
                lines.append(self.scalar(key, False) + ":" + self.after(child, indent, True))
        else:
            for child in item:
                lines.append("-" + self.after(child, indent, False))
        return (" " * indent).join(lines)

    def after(self, item, indent, in_mapping):
        rng = self.rng
        if isinstance(item, (dict, list)) and item and rng.random() < 0.75:
            step = rng.choice([1, 2, 2, 4])
            if in_mapping:
                inner = indent if isinstance(item, list) and rng.random() < 0.4 else indent + step
                return self.gap() + " " * inner + self.block(item, inner, inner)
            if rng.random() < 0.6:
                return " " * step + self.block(item, indent + 1 + step, indent)
            return self.gap() + " " * (indent + step) + self.block(item, indent + step, indent)
        if isinstance(item, (dict, list)):
            return " " + self.flow(item, indent) + self.gap()
        if item is None and rng.random() < 0.5:
            return self.gap()
        if isinstance(item, str) and rng.random() < 0.3:
            text = self.block_text(item, indent)
            if text:
                return " " + text
        return rng.choice([" ", "  "]) + self.scalar(item, False) + self.gap()

    def document(self):
        item = self.tree(4)
        if isinstance(item, (dict, list)) and item and self.rng.random() < 0.9:
            text = self.block(item, 0, 0)
        else:
            text = self.flow(item, 0) + "\n"
        return (text if self.rng.random() < 0.9 else text.replace("\n", "\r\n")), item


def mutate(rng, text):
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(0, len(text) + 1)
        pick = rng.random()
        if pick < 0.4:
            text = text[:at] + rng.choice(TOKENS) + text[at:]
        elif pick < 0.7:
            text = text[:at] + text[at + rng.randrange(1, 4):]
        else:
            text = text[:at] + rng.choice(" \n:-#,[]{}'\"|>") + text[at + 1:]
    return text


def main():
    folder = pathlib.Path(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        text, item = Writer(rng).document()
        soup = "".join(rng.choice(TOKENS) for _ in range(rng.randrange(1, 14)))
        for name, content in (("accept", text), ("mutant", mutate(rng, text)), ("soup", soup)):
            path = folder / f"{name}-{number:05}.yaml"
            path.write_bytes(content.encode())
            try:
                expected = show(reference(content))
            except Exception as refusal:  # whatever the other parser says no with
                expected = "error: " + " ".join(str(refusal).split())
            if name == "accept" and expected != show(item):
                print(f"{path}: ruamel.yaml does not read the value that was written", file=sys.stderr)
                expected = show(item)
            path.with_suffix(".expected").write_text(expected + "\n")


main()
