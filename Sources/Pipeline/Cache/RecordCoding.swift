import Contract

/// Records as JSON files, one a key, each sealed with a digest of the text before the seal.
///
/// Of the code only its digest is in the record; which files that was is kept once for all records
/// with the same code: see `Store.noteCode`.
extension Record {
  /// The format's number; a record of another number is not there.
  private static let format = 2

  private static let sealStart = Array(",\n  \"seal\": \"".utf8)
  private static let sealEnd = Array("\"\n}\n".utf8)

  /// The record as the bytes of its file.
  var bytes: [UInt8] {
    var bytes = Array(JSON.object(members).text(pretty: true).utf8)
    bytes.removeLast("\n}\n".utf8.count)
    let seal = SHA256.hex(of: bytes)
    bytes += Self.sealStart
    bytes += seal.utf8
    return bytes + Self.sealEnd
  }

  /// Reads a record back; nil if it is not one of ours, whole and of this format.
  init?(bytes: [UInt8]) {
    let length = Self.sealStart.count + 64 + Self.sealEnd.count
    guard bytes.count > length else { return nil }
    let seal = bytes.withUnsafeBytes { buffer in
      SHA256.hex(of: UnsafeRawBufferPointer(rebasing: buffer[..<(buffer.count - length)]))
    }
    guard bytes.suffix(length).elementsEqual(Self.sealStart + Array(seal.utf8) + Self.sealEnd),
      let json = try? JSON.parse(bytes)
    else { return nil }
    self.init(json)
  }

  private var members: [(String, JSON)] {
    [
      ("format", .int(Self.format)),
      ("key", .string(key)),
      ("stage", .string(stage)),
      ("kind", .string(parts.kind)),
      ("seed", .string(parts.seed)),
      ("options", .object(parts.options.map { ($0.path, .string($0.value)) })),
      (
        "inputs",
        .array(
          parts.inputs.map {
            .object([
              ("slot", .string($0.slot)), ("stage", .string($0.stage)),
              ("digest", .string($0.digest)),
            ])
          })
      ),
      ("code", .string(parts.code.digest)),
      (
        "artifacts",
        .array(
          artifacts.map {
            .object([
              ("name", .string($0.name)), ("form", .string($0.form.rawValue)),
              ("digest", .string($0.digest)), ("size", .int($0.size)),
            ])
          })
      ),
      (
        "conditions",
        .object(conditions.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
      ),
      (
        "deviations",
        .array(
          deviations.map { .object([("what", .string($0.what)), ("why", .string($0.why))]) })
      ),
      ("seconds", .double(effort.seconds)),
      ("peak-memory", .int(effort.peakMemory)),
      ("threads", .int(effort.threads)),
      ("finished", .int(effort.finished)),
      ("commit", effort.commit.map { .string($0) } ?? .null),
      ("machine", effort.machine.map { .string($0) } ?? .null),
      ("accepted-from", acceptedFrom.map { .string($0) } ?? .null),
    ]
  }

  private init?(_ json: JSON) {
    guard json["format"]?.int == Self.format,
      let key = json["key"]?.string,
      let stage = json["stage"]?.string, let kind = json["kind"]?.string,
      let seed = json["seed"]?.string, let options = json["options"]?.strings,
      let inputs = json["inputs"]?.array, let code = json["code"]?.string,
      let artifacts = json["artifacts"]?.array, let conditions = json["conditions"]?.strings,
      let deviations = json["deviations"]?.array, let seconds = json["seconds"]?.double,
      let memory = json["peak-memory"]?.int, let threads = json["threads"]?.int,
      let finished = json["finished"]?.int
    else { return nil }
    self.key = key
    self.stage = stage
    parts = KeyParts(
      kind: kind, options: options.map { KeyParts.Option(path: $0.0, value: $0.1) },
      inputs: inputs.compactMap {
        guard let slot = $0["slot"]?.string, let stage = $0["stage"]?.string,
          let digest = $0["digest"]?.string
        else { return nil }
        return KeyParts.Input(slot: slot, stage: stage, digest: digest)
      },
      seed: seed,
      code: CodeFingerprint(digest: code))
    self.artifacts = artifacts.compactMap {
      guard let name = $0["name"]?.string, let digest = $0["digest"]?.string,
        let form = $0["form"]?.string.flatMap(Artifact.Form.init(rawValue:)),
        let size = $0["size"]?.int
      else { return nil }
      return Entry(name: name, form: form, digest: digest, size: size)
    }
    self.conditions = Dictionary(conditions, uniquingKeysWith: { first, _ in first })
    self.deviations = deviations.compactMap {
      guard let what = $0["what"]?.string, let why = $0["why"]?.string else { return nil }
      return Deviation(what, because: why)
    }
    effort = Effort(
      seconds: seconds, peakMemory: memory, threads: threads, finished: finished,
      commit: json["commit"]?.string, machine: json["machine"]?.string)
    acceptedFrom = json["accepted-from"]?.string
    // A record that says one key and hashes to another, or lost an entry, is not there.
    guard parts.key == key, self.artifacts.count == artifacts.count else { return nil }
  }
}

extension JSON {
  /// The members of an object whose values are all text, in order.
  var strings: [(String, String)]? {
    guard case .object(let members) = self else { return nil }
    var result: [(String, String)] = []
    for (name, value) in members {
      guard let text = value.string else { return nil }
      result.append((name, text))
    }
    return result
  }
}
