/// A file that could not be downloaded from any mirror, with what went wrong at each.
package struct DownloadError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The name of the file that was wanted.
  package let file: String
  /// What went wrong, in the order of the attempts.
  package let failures: [DownloadFailure]

  /// Whether no mirror ever answered, so that there is, for all we know, no network.
  var isNoNetwork: Bool { failures.allSatisfy(\.isSilence) }

  /// Whether the network is fine and the file cannot be written here.
  var isDisk: Bool {
    failures.contains { if case .disk = $0 { true } else { false } }
  }

  /// One line, followed by one for each attempt.
  package var description: String {
    let lead = isNoNetwork ? "no network" : isDisk ? "it cannot be written" : "every mirror failed"
    return (["‘\(file)’ was not downloaded: \(lead)"] + failures.map { "  \($0)" })
      .joined(separator: "\n")
  }
}

/// What went wrong in one attempt to download a file.
package enum DownloadFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The host is unknown, there is no way to it, or no secure connection could be made.
  case unreachable(url: String, reason: String)
  /// Nothing listens there.
  case refused(url: String)
  /// Nothing came for too long; `received` counts the bytes that had come before.
  case timedOut(url: String, seconds: Double, received: Int)
  /// The server answered, but not with the file.
  case status(url: String, code: Int)
  /// The connection ended before the file did.
  case interrupted(url: String, received: Int, expected: Int, reason: String)
  /// The server sent more or less than the whole file.
  case wrongSize(url: String, found: Int, expected: Int)
  /// The whole file came, but it is not the right one.
  case wrongDigest(url: String, found: String, expected: String)
  /// The file cannot be written.
  case disk(path: String, reason: String)

  /// Whether the server never gave a sign.
  var isSilence: Bool {
    switch self {
    case .unreachable, .refused, .timedOut(_, _, received: 0): true
    default: false
    }
  }

  /// One line that names the address and, where they differ, what was found and what was expected.
  package var description: String {
    switch self {
    case .unreachable(let url, let reason): "\(url): cannot be reached: \(reason)"
    case .refused(let url): "\(url): the connection was refused"
    case .timedOut(let url, let seconds, 0): "\(url): no answer within \(seconds) s"
    case .timedOut(let url, let seconds, let received):
      "\(url): nothing more came for \(seconds) s after \(received) bytes"
    case .status(let url, let code): "\(url): the server answered with status \(code)"
    case .interrupted(let url, let received, let expected, let reason):
      "\(url): the connection ended after \(received) of \(expected) bytes: \(reason)"
    case .wrongSize(let url, let found, let expected):
      "\(url): wrong size: found \(found) bytes, expected \(expected)"
    case .wrongDigest(let url, let found, let expected):
      "\(url): wrong SHA-256: found \(found), expected \(expected)"
    case .disk(let path, let reason): "‘\(path)’: \(reason)"
    }
  }
}
