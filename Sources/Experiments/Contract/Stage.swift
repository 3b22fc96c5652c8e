import Kernels

/// A pure function with a name: *(options, input artifacts, seed) → artifacts*.
///
/// A stage reads no clock, no environment and no file (data-set stages read through `Datasets`), so
/// it can run in a test, in a child process, on another host, or not at all because its answer is
/// known. Adding one is a file with such a type, a line in `Catalog`, and a few lines in the spec.
package protocol Stage: Sendable {
  /// The word that names this kind of stage in the spec.
  static var kind: String { get }
  /// One sentence for `help` and for the report.
  static var summary: String { get }
  /// What it reads, by slot name.
  static var inputs: [InputSlot] { get }
  /// What it gives: each artifact, and the columns of each table.
  static var outputs: [OutputSlot] { get }
  /// Whether it keeps many cores busy; others are given one thread, so that they share the machine.
  static var isParallel: Bool { get }

  /// Names of the data sets whose original files it reads; empty for all but data-set stages.
  static var dataSets: [String] { get }

  /// Whether it reads what its inputs say about themselves; the others are told nothing of it, and no
  /// change of those words makes them stale.
  static var readsConditions: Bool { get }
  /// Options that no number depends on, such as how many pictures are kept: no condition of a claim.
  static var neutralOptions: Set<String> { get }
  /// By slot, the columns of its tables that name stages of the slot: a row whose `where` gives all
  /// of them was made from the named ones, and from none of the others.
  static var rowInputs: [String: [String]] { get }

  /// Decodes the options of the spec; the reader refuses what is left over.
  init(options: inout OptionReader) throws(OptionError)

  /// What it gives with these options, of all that its kind may give.
  var outputs: [OutputSlot] { get }
  /// Whether it keeps many cores busy with these options.
  var isParallel: Bool { get }

  /// Computes the answer.
  func run(_ context: StageContext) throws -> StageOutput
}

extension Stage {
  /// Most stages read no file.
  package static var dataSets: [String] { [] }
  /// Most stages read no conditions.
  package static var readsConditions: Bool { false }
  /// Every option is a condition, unless a stage knows better.
  package static var neutralOptions: Set<String> { [] }
  /// Every row may have been made from every input, unless a stage knows better.
  package static var rowInputs: [String: [String]] { [:] }
  /// Most stages give the same whatever their options.
  package var outputs: [OutputSlot] { Self.outputs }
  /// Most stages are as busy whatever their options.
  package var isParallel: Bool { Self.isParallel }
}

/// One stage's answer as another stage receives it.
package struct StageInput: Sendable {
  /// The name of the stage that made it, with its replicate, such as `maxout@2`.
  package let stage: String
  /// What it made.
  package let output: StageOutput

  /// The stage's name in the spec, without its replicate.
  package var name: String { stage.split(separator: "@").first.map(String.init) ?? stage }
  /// Which replicate this is, from 1.
  package var replicate: Int {
    stage.split(separator: "@").dropFirst().first.flatMap { Int($0) } ?? 1
  }

  /// An answer and who gave it.
  package init(stage: String, output: StageOutput) {
    self.stage = stage
    self.output = output
  }
}

/// Everything a stage may know beside its options.
package struct StageContext: Sendable {
  /// The stage's name in the spec, without its replicate: what its conditions are named after.
  package let name: String
  /// The inputs by slot, in the order of the spec.
  package let inputs: [String: [StageInput]]
  /// Randomness, derived from the run's seed and this stage's name.
  package let seed: Seed
  /// Threads and recycled buffers for the kernels.
  package let workspace: Workspace
  /// Where data-set stages find their files.
  package let data: DataLocations
  /// Told how far the work is; never affects a number.
  package let progress: @Sendable (Progress) -> Void
  /// Where long trainings keep their state; resuming gives the same bits as never stopping.
  package let checkpoint: Checkpoint

  /// A context; tests give only what they need.
  package init(
    name: String, inputs: [String: [StageInput]] = [:], seed: Seed, workspace: Workspace,
    data: DataLocations = DataLocations([]),
    progress: @escaping @Sendable (Progress) -> Void = { _ in },
    checkpoint: Checkpoint = .none
  ) {
    self.name = name
    self.inputs = inputs
    self.seed = seed
    self.workspace = workspace
    self.data = data
    self.progress = progress
    self.checkpoint = checkpoint
  }

  /// The only answer in a slot that takes one.
  package func input(_ slot: String) -> StageInput {
    guard let all = inputs[slot], all.count == 1 else {
      preconditionFailure("slot ‘\(slot)’ holds \(inputs[slot]?.count ?? 0) answers, not one")
    }
    return all[0]
  }
}

/// How far a stage is: `done` of `total` steps, in `unit`s.
package struct Progress: Hashable, Sendable {
  /// Steps finished.
  package let done: Int
  /// Steps in all.
  package let total: Int
  /// What one step is, in the plural, such as `epochs`.
  package let unit: String
  /// A few words on the present state, such as `validation error 1.21 %`.
  package let detail: String

  /// A report of progress.
  package init(_ done: Int, of total: Int, unit: String, detail: String = "") {
    self.done = done
    self.total = total
    self.unit = unit
    self.detail = detail
  }
}

/// A place to leave the state of a long training, and to find it after an interruption.
package struct Checkpoint: Sendable {
  /// The state left by an earlier, interrupted run of the same key, if any.
  package let load: @Sendable () -> TensorBundle?
  /// Keeps a state; may skip it when the last one is recent.
  package let save: @Sendable (_ state: () -> TensorBundle) -> Void

  /// A place made of two functions.
  package init(
    load: @escaping @Sendable () -> TensorBundle?,
    save: @escaping @Sendable (_ state: () -> TensorBundle) -> Void
  ) {
    self.load = load
    self.save = save
  }

  /// Forgets everything.
  package static let none = Checkpoint(load: { nil }, save: { _ in })
}

/// The folders in which original data files may lie, best first.
package struct DataLocations: Sendable, Hashable {
  /// Absolute or relative folder paths.
  package let folders: [String]

  /// Looks in these folders, in order.
  package init(_ folders: [String]) { self.folders = folders }
}

/// A stage that could not give its answer because of what it was given, not because of a bug.
package struct StageFailure: Error, Sendable, CustomStringConvertible {
  /// Whose fault it is, which decides the exit code.
  package enum Blame: String, Sendable {
    /// A data file is missing, damaged or of the wrong kind (exit 65).
    case data
    /// The computation went wrong, such as a loss that is not finite (exit 1).
    case computation
  }
  /// Whose fault it is.
  package let blame: Blame
  /// What happened, what was found and what was expected.
  package let description: String

  /// A failure with its reason.
  package init(_ blame: Blame, _ description: String) {
    self.blame = blame
    self.description = description
  }
}
