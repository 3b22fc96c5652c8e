import Synchronization

/// Records that this process has found whole, and the code behind some, so that each is read once a run.
///
/// Only what is there is remembered: another process may finish a stage at any time. Whatever this
/// process takes away it forgets, and an artifact that vanishes by other hands is noticed when its
/// bytes are read.
final class KnownRecords: Sendable {
  private let records = Mutex<[String: Record]>([:])
  private let codes = Mutex<[String: CodeFingerprint]>([:])

  /// The record of a key, if it was found.
  func record(_ key: String) -> Record? { records.withLock { $0[key] } }

  /// Remembers a record.
  func note(_ record: Record) { records.withLock { $0[record.key] = record } }

  /// The code of a digest, if it was found.
  func code(_ digest: String) -> CodeFingerprint? { codes.withLock { $0[digest] } }

  /// Remembers code.
  func note(_ code: CodeFingerprint) { codes.withLock { $0[code.digest] = code } }

  /// Forgets one record.
  func forget(_ key: String) { records.withLock { $0[key] = nil } }

  /// Forgets all.
  func forget() {
    records.withLock { $0 = [:] }
    codes.withLock { $0 = [:] }
  }
}
