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
    /// Let go of as soon as `run` returns: a connection that dies slowly must not keep it locked.
    var part: PartFile?
    var outcome: Result<Void, DownloadFailure>?
    /// When the last bytes of the body came, in nanoseconds of uptime; nil before the first.
    var heard: UInt64?
  }

  private let url: String
  private let offset: Int
  private let expected: Int
  private let progress: @Sendable (Int) -> Void
  private let state: Mutex<State>
  /// Signalled when the first byte has come, which shortens the deadline, and at the end.
  private let news = DispatchSemaphore(value: 0)

  /// A transfer of the file's bytes from the part's end up to `expected`.
  init(
    url: String, into part: PartFile, expected: Int, progress: @escaping @Sendable (Int) -> Void
  ) throws(DownloadFailure) {
    self.url = url
    self.offset = try part.size()
    self.expected = expected
    self.progress = progress
    self.state = Mutex(State(part: part))
  }

  /// Runs to the end of the answer.
  ///
  /// The first byte of the body must come within `contact` seconds, and every other within `idle`
  /// seconds of the one before.
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
    defer {
      state.withLock { $0.part = nil }
      // Ending a session may wait for a name look-up that hangs, so nobody waits for it.
      DispatchQueue.global().async { session.invalidateAndCancel() }
    }

    while true {
      let (outcome, heard) = state.withLock { ($0.outcome, $0.heard) }
      if let outcome { return try outcome.get() }
      let seconds = heard == nil ? contact : idle
      let deadline = DispatchTime(uptimeNanoseconds: (heard ?? start) + UInt64(seconds * 1e9))
      guard news.wait(timeout: deadline) == .timedOut else { continue }
      settle { part, latest in
        guard latest == heard else { return nil }
        let received = heard == nil ? 0 : (try? part.size()) ?? 0
        return .failure(.timedOut(url: url, seconds: seconds, received: received))
      }
    }
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    let isOver = advance(hears: false) { part throws(DownloadFailure) in
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
    completionHandler(isOver ? .cancel : .allow)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let isOver = advance(hears: true) { part throws(DownloadFailure) in
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
    if isOver { dataTask.cancel() }
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
  ) {
    let hasAnswered = task.response != nil
    settle { part, _ in
      guard let error else { return .success(()) }
      let received = (try? part.size()) ?? 0
      return .failure(failure(for: error, received: received, hasAnswered: hasAnswered))
    }
  }

  /// Takes one step unless the transfer is over; a failure ends it.
  ///
  /// True if it is over.
  private func advance(
    hears: Bool, _ step: (PartFile) throws(DownloadFailure) -> Void
  ) -> Bool {
    state.withLock { state in
      guard state.outcome == nil, let part = state.part else { return true }
      do throws(DownloadFailure) {
        try step(part)
      } catch {
        state.outcome = .failure(error)
      }
      if state.outcome != nil || (hears && state.heard == nil) { news.signal() }
      if hears { state.heard = DispatchTime.now().uptimeNanoseconds }
      return state.outcome != nil
    }
  }

  /// Ends the transfer with the given outcome, unless it is over already or the outcome is nil.
  private func settle(
    _ outcome: (_ part: PartFile, _ heard: UInt64?) -> Result<Void, DownloadFailure>?
  ) {
    state.withLock { state in
      guard state.outcome == nil, let part = state.part,
        let outcome = outcome(part, state.heard)
      else { return }
      state.outcome = outcome
      news.signal()
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
