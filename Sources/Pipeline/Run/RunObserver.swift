import Contract

/// Somebody who watches a run and tells the person in front of it.
protocol RunObserver {
  /// The run begins with so many stages.
  mutating func begin(stages: Int)
  /// A stage's answer was in the store.
  mutating func cached(_ stage: String)
  /// A stage was started, for these reasons.
  mutating func started(_ stage: String, because reasons: [Staleness])
  /// A stage told how far it is.
  mutating func progressed(_ stage: String, _ progress: Progress)
  /// A stage waits for another run that computes the same.
  mutating func waiting(_ stage: String)
  /// A stage found a damaged input, which is made again.
  mutating func repairing(_ stage: String, _ message: String)
  /// A stage ended.
  mutating func finished(_ stage: String, _ outcome: Outcome, seconds: Double)
  /// Some time has passed.
  mutating func tick()
  /// The run is over; nothing live stays on the screen.
  mutating func end()
}
