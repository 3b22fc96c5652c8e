import Contract

/// What a stage process tells its parent, one line of JSON each on standard output.
enum StageEvent: Hashable, Sendable {
  /// How far it is.
  case progress(Progress)
  /// Another run is computing the same thing; this one waits for its answer.
  case waiting
  /// The answer is computed, and nothing is left to do but to publish it.
  case computed
  /// The answer is published under the expected key.
  case finished
  /// Another run had published the answer by the time this one got the lock.
  case found
  /// An artifact it needs is damaged or gone and has to be made again.
  case damaged(digest: String, message: String)
  /// There is no answer, for this reason.
  case failed(ExitCode, message: String)

  /// The line to send.
  var line: String {
    let json: JSON =
      switch self {
      case .progress(let progress):
        .object([
          ("event", .string("progress")), ("done", .int(progress.done)),
          ("total", .int(progress.total)), ("unit", .string(progress.unit)),
          ("detail", .string(progress.detail)),
        ])
      case .waiting: .object([("event", .string("waiting"))])
      case .computed: .object([("event", .string("computed"))])
      case .finished: .object([("event", .string("finished"))])
      case .found: .object([("event", .string("found"))])
      case .damaged(let digest, let message):
        .object([
          ("event", .string("damaged")), ("digest", .string(digest)),
          ("message", .string(message)),
        ])
      case .failed(let code, let message):
        .object([
          ("event", .string("failed")), ("code", .int(Int(code.rawValue))),
          ("message", .string(message)),
        ])
      }
    return json.text(pretty: false) + "\n"
  }

  /// An event from a line; nil if it is none.
  init?(line: some Sequence<UInt8>) {
    guard let json = try? JSON.parse(Array(line)) else { return nil }
    switch json["event"]?.string {
    case "progress":
      guard let done = json["done"]?.int, let total = json["total"]?.int,
        let unit = json["unit"]?.string, let detail = json["detail"]?.string
      else { return nil }
      self = .progress(Progress(done, of: total, unit: unit, detail: detail))
    case "waiting": self = .waiting
    case "computed": self = .computed
    case "finished": self = .finished
    case "found": self = .found
    case "damaged":
      guard let digest = json["digest"]?.string, let message = json["message"]?.string else {
        return nil
      }
      self = .damaged(digest: digest, message: message)
    case "failed":
      guard let code = json["code"]?.int.flatMap({ ExitCode(rawValue: Int32($0)) }),
        let message = json["message"]?.string
      else { return nil }
      self = .failed(code, message: message)
    default: return nil
    }
  }
}
