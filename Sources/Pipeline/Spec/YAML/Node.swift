/// A value of a spec file and the place where it was written.
struct Node: Sendable {
  /// The types of the YAML 1.2 core schema.
  enum Value: Sendable {
    case null
    case bool(Bool)
    case int(Int)
    case float(Double)
    case string(String)
    case sequence([Node])
    case mapping(Mapping)
  }

  var value: Value
  /// The value's own bytes; for a collection its first ones.
  var place: Place

  /// What kind of value this is, in the words of an error message.
  var kindName: String {
    switch value {
    case .null: "nothing"
    case .bool: "true or false"
    case .int: "a whole number"
    case .float: "a number"
    case .string: "text"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  /// The value under a key; nil if this is no mapping or has no such key.
  subscript(_ key: String) -> Node? {
    if case .mapping(let mapping) = value { mapping[key]?.value } else { nil }
  }
}

/// Values by name, in the order of the file.
struct Mapping: Sendable {
  /// One name with its value, and the place of the name.
  struct Entry: Sendable {
    let key: String
    var keyPlace: Place
    var value: Node
  }

  private(set) var entries: [Entry] = []
  /// Where each name stands; kept only where there are many, since most mappings are short and a
  /// large spec holds very many of them.
  private var positions: [String: Int] = [:]
  private static let short = 12

  /// The names, in the order of the file.
  var keys: [String] { entries.map(\.key) }

  /// The entry of that name, or nil.
  subscript(_ key: String) -> Entry? { index(of: key).map { entries[$0] } }

  /// The position of the entry of that name, or nil.
  func index(of key: String) -> Int? {
    entries.count <= Self.short ? entries.firstIndex { $0.key == key } : positions[key]
  }

  /// Adds an entry whose name is new.
  mutating func append(_ entry: Entry) {
    precondition(index(of: entry.key) == nil, "the key ‘\(entry.key)’ is there already")
    entries.append(entry)
    if entries.count == Self.short + 1 {
      for (index, entry) in entries.enumerated() { positions[entry.key] = index }
    } else if entries.count > Self.short {
      positions[entry.key] = entries.count - 1
    }
  }

  /// Adds an entry, or puts it in the place of the one of its name.
  mutating func put(_ entry: Entry) {
    if let index = index(of: entry.key) {
      replaceValue(at: index, with: entry.value, writtenAt: entry.keyPlace)
    } else {
      append(entry)
    }
  }

  /// Puts another value, written elsewhere, in the place of one that is there.
  mutating func replaceValue(at index: Int, with value: Node, writtenAt keyPlace: Place) {
    entries[index].value = value
    entries[index].keyPlace = keyPlace
  }
}
