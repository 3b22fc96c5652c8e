import Contract

/// The parts that decide a stage's answer; their tagged hash is the key under which it is stored.
struct KeyParts: Hashable, Sendable {
  /// One input: its slot, its stage, and the digest of what the slot takes from it.
  struct Input: Hashable, Sendable {
    let slot: String
    let stage: String
    let digest: String
  }

  /// The stage kind.
  let kind: String
  /// The options, flattened to sorted `path` and `value` pairs.
  let options: [Option]
  /// The inputs, in the order of the spec.
  let inputs: [Input]
  /// The derived seed, in hexadecimal.
  let seed: String
  /// The code that computes the stage, file by file.
  let code: CodeFingerprint

  /// One option as canonical text.
  struct Option: Hashable, Sendable {
    let path: String
    let value: String
  }

  /// SHA-256 over a tagged, length-prefixed encoding: no two different lists of parts share it.
  ///
  /// The name of an input's stage enters, for a stage may write it into its tables.
  var key: String {
    var encoder = TaggedEncoder("stage")
    encoder.add("kind", kind)
    encoder.add("code", code.digest)
    encoder.add("seed", seed)
    for option in options {
      encoder.add("option", option.path)
      encoder.add("value", option.value)
    }
    for input in inputs {
      encoder.add("slot", input.slot)
      encoder.add("from", input.stage)
      encoder.add("input", input.digest)
    }
    return encoder.digest
  }

  /// A name in a path; one that could be taken for several is quoted.
  private static func word(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { Ascii.isIdentifierPart($0) || $0 == Ascii.minus }
    return isPlain && !name.isEmpty ? name : JSON.string(name).text()
  }

  /// Flattens options: `{epochs: 3, list: [1, 2]}` becomes `epochs = 3`, `list[0] = 1`, `list[1] = 2`.
  static func flatten(_ options: [String: Setting]) -> [Option] {
    var flat: [Option] = []
    func visit(_ path: String, _ setting: Setting) {
      switch setting {
      case .null: flat.append(Option(path: path, value: "null"))
      case .bool(let value): flat.append(Option(path: path, value: "\(value)"))
      case .int(let value): flat.append(Option(path: path, value: "\(value)"))
      // A whole number means the same whether it is written 1 or 1.0.
      case .double(let value):
        let whole = Int(exactly: value).map { "\($0)" }
        flat.append(Option(path: path, value: whole ?? "\(value)"))
      case .string(let value): flat.append(Option(path: path, value: "\"\(value)\""))
      case .list(let items):
        if items.isEmpty { flat.append(Option(path: path, value: "[]")) }
        for (i, item) in items.enumerated() { visit("\(path)[\(i)]", item) }
      case .map(let entries):
        if entries.isEmpty { flat.append(Option(path: path, value: "{}")) }
        for name in entries.keys.sorted() {
          visit("\(path).\(word(name))", entries[name] ?? .null)
        }
      }
    }
    for name in options.keys.sorted() { visit(word(name), options[name] ?? .null) }
    return flat
  }
}

/// Builds a hash over named fields, each with its length, so that no shift between fields goes
/// unnoticed.
struct TaggedEncoder {
  private var bytes: [UInt8] = []

  /// Starts an encoding of a kind of thing.
  init(_ tag: String) { add("tag", tag) }

  /// Adds one named field.
  mutating func add(_ name: String, _ value: String) {
    append(name)
    append(value)
  }

  /// Adds one named field that is a few numbers.
  mutating func add(_ name: String, _ numbers: SIMD8<Int64>) {
    append(name)
    withUnsafeBytes(of: numbers) { append($0) }
  }

  private mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  private mutating func append(_ field: UnsafeRawBufferPointer) {
    withUnsafeBytes(of: UInt64(field.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: field)
  }

  /// The hash of all fields so far, in hexadecimal.
  var digest: String { SHA256.hex(of: bytes) }
}
