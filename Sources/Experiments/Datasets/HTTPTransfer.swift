import Dispatch
import Foundation
import Synchronization

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// One GET request whose body is appended to a part file, resuming where the part ends.
///
/// The caller's thread waits with deadlines of its own: whatever the system's networking does with a
/// host that never answers, `run` returns in time.
final class HTTPTransfer: NSObject, URLSessionDataDelegate, Sendable {
  private struct State {
    var outcome: Result<Void, DownloadFailure>?
    /// When the last bytes of the body came, in nanoseconds of uptime; nil before the first.
    var heard: UInt64?
  }

  private let url: String
  private let part: PartFile
  private let offset: Int
  private let expected: Int
  private let progress: @Sendable (Int) -> Void
  private let state = Mutex(State())
  private let finished = DispatchSemaphore(value: 0)

  /// A transfer of the file's bytes from the part's end up to `expected`.
  init(
    url: String, into part: PartFile, expected: Int, progress: @escaping @Sendable (Int) -> Void
  ) throws(DownloadFailure) {
    self.url = url
    self.part = part
    self.offset = try part.size()
    self.expected = expected
    self.progress = progress
  }

  /// Runs to the end of the answer.
  ///
  /// The first byte must come within `contact` seconds, and every
  /// other within `idle` seconds of the one before.
  func run(contact: Double, idle: Double) throws(DownloadFailure) {
    guard let address = URL(string: url), ["http", "https"].contains(address.scheme) else {
      throw .unreachable(url: url, reason: "this is no http or https address")
    }
    var request = URLRequest(url: address, cachePolicy: .reloadIgnoringLocalCacheData)
    request.timeoutInterval = 10 * (contact + idle)
    // A packed transfer would make byte positions, and so resuming, meaningless.
    request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
    if offset > 0 { request.setValue("bytes=\(offset)-", forHTTPHeaderField: "Range") }

    let configuration = URLSessionConfiguration.ephemeral
    configuration.urlCache = nil
    configuration.httpCookieStorage = nil
    let session = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
    let start = DispatchTime.now().uptimeNanoseconds
    session.dataTask(with: request).resume()
    defer { session.invalidateAndCancel() }

    while true {
      let heard = state.withLock { $0.heard }
      let deadline = (heard ?? start) + UInt64((heard == nil ? contact : idle) * 1e9)
      if finished.wait(timeout: DispatchTime(uptimeNanoseconds: deadline)) == .success { break }
      let (silent, had) = state.withLock { ($0.heard == heard, $0.heard != nil) }
      if silent {
        let received = had ? try part.size() : 0
        settle(
          .failure(.timedOut(url: url, seconds: had ? idle : contact, received: received)))
      }
    }
    try (state.withLock { $0.outcome } ?? .success(())).get()
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    let failure = checked { () throws(DownloadFailure) in
      guard let answer = response as? HTTPURLResponse else {
        throw .unreachable(url: url, reason: "the answer is not HTTP")
      }
      switch answer.statusCode {
      case 200:
        // The server ignores ranges: it sends the whole file, so the part starts again.
        try part.clear()
      case 206:
        let range = answer.value(forHTTPHeaderField: "Content-Range") ?? ""
        guard offset > 0, range.hasPrefix("bytes \(offset)-") else { fallthrough }
      case 416:
        try part.clear()
        throw .interrupted(
          url: url, received: 0, expected: expected,
          reason: "the server cannot continue at byte \(offset)")
      default:
        throw .status(url: url, code: answer.statusCode)
      }
    }
    completionHandler(failure ? .cancel : .allow)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let failed = checked { () throws(DownloadFailure) in
      let size = try part.size() + data.count
      guard size <= expected else {
        throw .wrongSize(url: url, found: size, expected: expected)
      }
      let result: Result<Void, DownloadFailure> = data.withUnsafeBytes { bytes in
        do throws(DownloadFailure) {
          return .success(try part.append(bytes))
        } catch {
          return .failure(error)
        }
      }
      try result.get()
      progress(size)
    }
    if failed { dataTask.cancel() }
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
  ) {
    guard let error else { return settle(.success(())) }
    let received = (try? part.size()) ?? 0
    let hasAnswered = task.response != nil
    settle(.failure(failure(for: error, received: received, hasAnswered: hasAnswered)))
  }

  /// Runs a step unless the transfer is over; a failure settles it.
  ///
  /// True if it is over.
  private func checked(_ step: () throws(DownloadFailure) -> Void) -> Bool {
    state.withLock { state in
      guard state.outcome == nil else { return true }
      do throws(DownloadFailure) {
        try step()
        state.heard = DispatchTime.now().uptimeNanoseconds
        return false
      } catch {
        state.outcome = .failure(error)
        finished.signal()
        return true
      }
    }
  }

  private func settle(_ outcome: Result<Void, DownloadFailure>) {
    state.withLock { state in
      guard state.outcome == nil else { return }
      state.outcome = outcome
      finished.signal()
    }
  }

  private func failure(
    for error: any Error, received: Int, hasAnswered: Bool
  ) -> DownloadFailure {
    let reason = error.localizedDescription
    if hasAnswered {
      return .interrupted(url: url, received: received, expected: expected, reason: reason)
    }
    return (error as? URLError)?.code == .cannotConnectToHost
      ? .refused(url: url) : .unreachable(url: url, reason: reason)
  }
}
