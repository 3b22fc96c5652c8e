import Synchronization

/// Records that this process has found whole, so that each is read once a run.
///
/// Only what is there is remembered: another process may finish a stage at any time. Whatever this
/// process takes away it forgets, and an artifact that vanishes by other hands is noticed when its
/// bytes are read.
final class KnownRecords: Sendable {
  private let records = Mutex<[String: Record]>([:])

  /// The record of a key, if it was found.
  func record(_ key: String) -> Record? { records.withLock { $0[key] } }

  /// Remembers a record.
  func note(_ record: Record) { records.withLock { $0[record.key] = record } }

  /// Forgets one record.
  func forget(_ key: String) { records.withLock { $0[key] = nil } }

  /// Forgets all.
  func forget() { records.withLock { $0 = [:] } }
}
