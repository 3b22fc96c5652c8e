import Foundation
import Synchronization

/// A small HTTP server on 127.0.0.1 that answers each connection as its script says.
final class LoopbackServer: Sendable {
  /// What happens to one connection.
  enum Reply: Sendable {
    /// The whole file, or the range that was asked for.
    case file([UInt8])
    /// The whole file, whatever range was asked for.
    case fileIgnoringRange([UInt8])
    /// The promise of the file, but only so many bytes of it, then the end of the connection.
    case cut([UInt8], after: Int)
    /// The promise of the file, so many bytes of it, then silence.
    case stall([UInt8], after: Int)
    /// A status without a file.
    case status(Int)
    /// Silence from the start.
    case hang
  }

  private struct State {
    var script: [Reply]
    var ranges: [String?] = []
    /// Connections that are left hanging.
    var held: [Int32] = []
    var isStopped = false
  }

  let url: String
  private let listener: Int32
  private let state: Mutex<State>

  /// Answers with the replies in turn, and with the last one ever after.
  init(_ script: Reply...) throws {
    state = Mutex(State(script: script))
    (listener, url) = try Self.listen()
    Thread.detachNewThread { [listener, weak self] in
      // Only this thread closes the socket: its number must not be reused while it may be accepted on.
      defer { close(listener) }
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0, let self, let reply = self.next(connection) else { return }
        Thread.detachNewThread { self.answer(connection, reply) }
      }
    }
  }

  /// Accepts no more; connections that hang are cut.
  func stop() {
    let held = state.withLock { state in
      state.isStopped = true
      defer { state.held = [] }
      return state.held
    }
    shutdown(listener, Int32(SHUT_RDWR))
    held.forEach { close($0) }
  }

  /// The `Range` header of each request so far, nil where there was none.
  var ranges: [String?] { state.withLock { $0.ranges } }

  /// An address on which nothing listens.
  ///
  /// Its socket stays bound until the process ends, lest a
  /// server of another test get the same port.
  static func refusingURL() throws -> String { try bound().url }

  private static func listen() throws -> (Int32, String) {
    let (descriptor, url) = try bound()
    guard Foundation.listen(descriptor, 16) == 0 else { throw POSIXError(.EADDRINUSE) }
    return (descriptor, url)
  }

  private static func bound() throws -> (descriptor: Int32, url: String) {
    #if canImport(Glibc)
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard bound else { throw POSIXError(.EADDRINUSE) }
    return (descriptor, "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/data")
  }

  private func next(_ connection: Int32) -> Reply? {
    state.withLock { state in
      guard !state.isStopped else {
        close(connection)
        return nil
      }
      return state.script.count > 1 ? state.script.removeFirst() : state.script[0]
    }
  }

  private func answer(_ connection: Int32, _ reply: Reply) {
    let range = Self.readRange(connection)
    state.withLock { $0.ranges.append(range) }
    let offset = range.flatMap { Int($0.dropFirst("bytes=".count).dropLast()) }
    switch reply {
    case .file(let bytes): send(bytes, from: offset, upTo: bytes.count, connection)
    case .fileIgnoringRange(let bytes): send(bytes, from: nil, upTo: bytes.count, connection)
    case .cut(let bytes, let after): send(bytes, from: offset, upTo: after, connection)
    case .stall(let bytes, let after):
      send(bytes, from: offset, upTo: after, connection)
      return hold(connection)
    case .status(let code):
      Self.write(
        Array("HTTP/1.1 \(code) No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8),
        connection)
    case .hang: return hold(connection)
    }
    close(connection)
  }

  private func hold(_ connection: Int32) {
    state.withLock { state in
      if state.isStopped { close(connection) } else { state.held.append(connection) }
    }
  }

  private func send(_ bytes: [UInt8], from offset: Int?, upTo end: Int, _ connection: Int32) {
    let first = offset ?? 0
    let status = offset == nil ? "200 OK" : "206 Partial Content"
    let range =
      offset.map { "Content-Range: bytes \($0)-\(bytes.count - 1)/\(bytes.count)\r\n" } ?? ""
    let head =
      "HTTP/1.1 \(status)\r\nContent-Type: application/gzip\r\n\(range)"
      + "Content-Length: \(bytes.count - first)\r\nConnection: close\r\n\r\n"
    Self.write(Array(head.utf8) + bytes[min(first, end)..<end], connection)
  }

  private static func write(_ bytes: [UInt8], _ connection: Int32) {
    var left = bytes[...]
    while !left.isEmpty {
      let count = left.withUnsafeBytes {
        Foundation.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      left = left.dropFirst(count)
    }
  }

  /// Reads a request to its end and returns the value of its `Range` header.
  private static func readRange(_ connection: Int32) -> String? {
    var request: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    while !request.suffix(4).elementsEqual(Array("\r\n\r\n".utf8)) {
      let count = recv(connection, &piece, piece.count, 0)
      guard count > 0 else { break }
      request.append(contentsOf: piece[..<count])
    }
    return String(decoding: request, as: UTF8.self).split(separator: "\r\n")
      .first { $0.lowercased().hasPrefix("range:") }
      .map { $0.dropFirst("range:".count).trimmingCharacters(in: .whitespaces) }
  }
}
