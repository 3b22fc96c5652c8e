import Contract
import Dispatch
import Foundation

/// The download of one file whose size and digest are known, from one of several mirrors.
package struct Download: Sendable {
  /// How long silence is borne, in seconds.
  package struct Limits: Hashable, Sendable {
    /// In all, over all mirrors, before the first byte of the file comes: the longest time until it
    /// is known that there is no network.
    package let contact: Double
    /// Between two pieces of the file.
    package let idle: Double

    /// Limits in seconds; both must be above 0.
    package init(contact: Double, idle: Double) {
      precondition(
        contact > 0 && idle > 0, "time limits of \(contact) s and \(idle) s are not above 0")
      self.contact = contact
      self.idle = idle
    }

    /// For someone who asked for the download and is willing to wait.
    static let patient = Limits(contact: 30, idle: 30)
  }

  /// How far a download is.
  package struct Progress: Hashable, Sendable {
    /// The name of the file.
    package let file: String
    /// Bytes that are here, those of an earlier attempt included.
    package let bytes: Int
    /// Bytes of the whole file.
    package let total: Int

    package init(file: String, bytes: Int, total: Int) {
      self.file = file
      self.bytes = bytes
      self.total = total
    }
  }

  /// How often one mirror may cut the connection before the next is tried.
  private static let cutsPerMirror = 3

  package let file: DataSetFile.Facts
  package let mirrors: [String]
  package let folder: String
  package let limits: Limits
  package let progress: @Sendable (Progress) -> Void

  private var target: String { "\(folder)/\(file.name)" }

  /// Puts the verified file into the folder and returns its path; a right one is left alone.
  package func run() throws(DownloadError) -> String {
    precondition(!mirrors.isEmpty, "‘\(file.name)’ cannot be downloaded from no mirror at all")
    var failures: [DownloadFailure] = []
    do throws(DownloadFailure) {
      if isDone { return target }
      try createFolder()
      let part = try PartFile(for: target)
      // Another process may have finished while this one looked for a part.
      if isDone {
        part.discard()
        return target
      }
      try part.requireSpace(for: file.bytes - min(part.size(), file.bytes))
      if try fill(part, &failures) {
        try part.publish()
        return target
      }
    } catch {
      failures.append(error)
    }
    throw DownloadError(file: file.name, failures: failures)
  }

  private var isDone: Bool {
    guard let size = try? FileReader.size(of: target), size == file.bytes else { return false }
    return (try? SHA256.hex(ofFile: target)) == file.sha256
  }

  private func createFolder() throws(DownloadFailure) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .disk(path: folder, reason: "the folder cannot be made: \(error.localizedDescription)")
    }
  }

  /// Asks the mirrors in turn until the part is whole and right; true if it is.
  ///
  /// What the network did
  /// wrong is collected, what the disk does wrong is thrown.
  private func fill(
    _ part: PartFile, _ failures: inout [DownloadFailure]
  ) throws(DownloadFailure) -> Bool {
    var silence = 0.0
    for (index, mirror) in mirrors.enumerated() {
      let url = "\(mirror)/\(file.name)"
      for _ in 0..<Self.cutsPerMirror {
        let before = try part.size()
        let start = DispatchTime.now().uptimeNanoseconds
        let contact = max(0.001, (limits.contact - silence) / Double(mirrors.count - index))
        do throws(DownloadFailure) {
          try advance(part, from: url, contact: contact)
          return true
        } catch .disk(let path, let reason) {
          throw .disk(path: path, reason: reason)
        } catch {
          failures.append(error)
          if error.isSilence {
            silence += Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
          }
          // Once more from the same mirror if it was getting somewhere, or if what it continued may
          // have been the culprit; a mirror that fails by itself is given up.
          guard error.isWorthAnotherTry(after: before, now: try part.size()) else { break }
        }
      }
    }
    return false
  }

  /// Gets what is missing and checks the whole; a part that cannot be right is emptied.
  private func advance(
    _ part: PartFile, from url: String, contact: Double
  ) throws(DownloadFailure) {
    if try part.size() > file.bytes { try part.clear() }
    if try part.size() < file.bytes {
      let (name, total) = (file.name, file.bytes)
      let transfer = try HTTPTransfer(url: url, into: part, expected: total) { [progress] bytes in
        progress(Progress(file: name, bytes: bytes, total: total))
      }
      do throws(DownloadFailure) {
        try transfer.run(contact: contact, idle: limits.idle)
      } catch .wrongSize(let url, let found, let expected) {
        try part.clear()
        throw .wrongSize(url: url, found: found, expected: expected)
      }
    }
    let size = try part.size()
    guard size == file.bytes else {
      try part.clear()
      throw .wrongSize(url: url, found: size, expected: file.bytes)
    }
    let digest = (try? SHA256.hex(ofFile: part.path)) ?? "of an unreadable file"
    guard digest == file.sha256 else {
      try part.clear()
      throw .wrongDigest(url: url, found: digest, expected: file.sha256)
    }
  }
}

extension DownloadFailure {
  fileprivate func isWorthAnotherTry(after before: Int, now: Int) -> Bool {
    switch self {
    case .interrupted: now > before || (before > 0 && now == 0)
    case .wrongSize, .wrongDigest: before > 0
    default: false
    }
  }
}
