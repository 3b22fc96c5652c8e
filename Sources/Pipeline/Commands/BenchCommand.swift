import Benchmarks
import Foundation
import Kernels

/// Measures the kernels against what the machine can do.
enum BenchCommand: Command {
  static let name = "bench"
  static let summary = "measure products, training and attacks against the machine's own peak"
  static let operands = "[NAME…]"
  static let help = """
    Measures the peak of fused multiply-adds, then matrix products at the shapes of the papers'
    networks, training steps and attacks: each with a warm-up, then the median of at least seven
    repetitions. With names, only what has one of them as a part of its own. Run it on an otherwise
    idle machine. PIPELINE_SIMD=avx2 (or generic) forces a path; the numbers computed are the same,
    only slower.

      pipeline bench
      pipeline bench product "Gaussian process"
      pipeline bench --threads 1 --json
    """

  private struct Result {
    let name: String
    let unit: String
    let value: Double
    let low: Double
    let high: Double
    let share: Double?
    let freshAllocations: Int
  }

  static func run(_ call: Call) throws -> ExitCode {
    let chosen = try chosen(call.operands)
    let cores = max(1, ProcessInfo.processInfo.activeProcessorCount)
    let threads = try call.number("--threads", in: 1...1024) ?? cores
    let workspace = Workspace(threads: threads)
    let peak = workspace.measurePeak()
    let loud = !call.has("--json") && !call.has("--quiet")
    if loud {
      Console.print(
        "\(threads) thread\(threads == 1 ? "" : "s"), path \(workspace.simd.rawValue), peak of fused"
          + " multiply-adds \(Style.rate(peak / 1e9)) GFLOP/s")
    }
    var results: [Result] = []
    for benchmark in chosen {
      let result = measure(benchmark, workspace, peak)
      if loud { Console.print(line(result)) }
      results.append(result)
    }
    if call.has("--json") {
      Console.print(json(results, threads, workspace, peak).text(pretty: true))
    }
    return .good
  }

  /// The benchmarks with one of these words in their name; all of them without words.
  static func chosen(_ words: [String]) throws(UsageError) -> [Benchmark] {
    func has(_ benchmark: Benchmark, _ word: String) -> Bool {
      benchmark.name.lowercased().contains(word.lowercased())
    }
    for word in words where !Benchmark.all.contains(where: { has($0, word) }) {
      throw UsageError(
        message: "no benchmark is named ‘\(word)’",
        hint: Call.suggestion(
          word, Benchmark.all.map(\.name),
          "there are: \(Benchmark.all.map(\.name).joined(separator: "; "))"))
    }
    return words.isEmpty
      ? Benchmark.all
      : Benchmark.all.filter { benchmark in words.contains { has(benchmark, $0) } }
  }

  private static func measure(
    _ benchmark: Benchmark, _ workspace: Workspace, _ peak: Double
  ) -> Result {
    let repetition = benchmark.prepare(workspace)
    let clock = ContinuousClock()
    repetition()
    let fresh = workspace.freshAllocations
    // Enough repetitions in one measurement for the clock, enough measurements for a median.
    let once = clock.measure(repetition) / .seconds(1)
    let count = max(1, Int(0.1 / max(once, 1e-6)))
    var speeds: [Double] = []
    for _ in 0..<7 {
      let time = clock.measure { for _ in 0..<count { repetition() } } / .seconds(1)
      speeds.append(benchmark.work * Double(count) / time)
    }
    speeds.sort()
    let isFlops = benchmark.unit == .flops
    let scale = isFlops ? 1e9 : 1
    return Result(
      name: benchmark.name, unit: benchmark.unit.rawValue, value: speeds[3] / scale,
      low: speeds[0] / scale, high: speeds[6] / scale, share: isFlops ? speeds[3] / peak : nil,
      freshAllocations: workspace.freshAllocations - fresh)
  }

  private static func line(_ result: Result) -> String {
    let name = result.name + String(repeating: " ", count: max(1, 60 - result.name.count))
    var text = "\(name)\(Style.rate(result.value)) \(result.unit)"
    text += " (\(Style.rate(result.low)) … \(Style.rate(result.high)))"
    if let share = result.share { text += ", \(Int((share * 100).rounded())) % of peak" }
    if result.freshAllocations > 0 {
      text += ", \(result.freshAllocations) buffers allocated after the first repetition"
    }
    return text
  }

  private static func json(
    _ results: [Result], _ threads: Int, _ workspace: Workspace, _ peak: Double
  ) -> JSON {
    .object([
      ("threads", .int(threads)), ("path", .string(workspace.simd.rawValue)),
      ("peak-gflops", .double(peak / 1e9)),
      (
        "results",
        .array(
          results.map {
            .object([
              ("name", .string($0.name)), ("unit", .string($0.unit)), ("median", .double($0.value)),
              ("slowest", .double($0.low)), ("fastest", .double($0.high)),
              ("share-of-peak", $0.share.map { .double($0) } ?? .null),
              ("allocations-after-first", .int($0.freshAllocations)),
            ])
          })
      ),
    ])
  }
}
