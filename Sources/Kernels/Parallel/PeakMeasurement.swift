import CKernels

extension Workspace {
  /// Measures what the processor can do when nothing holds it back: floating-point operations a
  /// second of independent fused multiply-adds on all threads.
  ///
  /// The best of `repeats` runs of about 20 ms each; a measurement, never part of a result.
  public func measurePeak(repeats: Int = 5) -> Double {
    var best = 0.0
    let (kernel, sinks) = (kernels.pointee.peak, Storage(bytes: threads * 64, in: self))
    for _ in 0..<max(repeats, 1) {
      for i in 0..<threads * 16 { sinks.floats[i] = i % 16 == 0 ? 0.5 : 0.25 }
      let start = ck_nanoseconds()
      // Each thread takes shards as it can, so a thread that is disturbed holds nobody up.
      let (shards, rounds) = (16 * threads, simd == .generic ? 10_000 : 250_000)
      parallel(shards) { _, worker in _ = kernel(rounds, sinks.floats + worker * 16) }
      let seconds = Double(ck_nanoseconds() - start) * 1e-9
      let operations =
        Double(shards) * kernel(0, sinks.floats) + operationsPerRound * Double(shards * rounds)
      best = max(best, operations / seconds)
    }
    return best
  }

  private var operationsPerRound: Double {
    let sink = Storage(bytes: 64, in: self)
    for i in 0..<16 { sink.floats[i] = 0.5 }
    return kernels.pointee.peak(1, sink.floats)
  }

  /// Nanoseconds of a clock that never goes back, for measurements alone.
  public static func nanoseconds() -> UInt64 { ck_nanoseconds() }
}
