import Contract
import Datasets

/// What the program's exit code says.
enum ExitCode: Int32, Sendable {
  /// All is well.
  case good = 0
  /// A stage failed.
  case stageFailed = 1
  /// `diff`: a comparable claim is outside its tolerance.
  case outsideTolerance = 2
  /// `diff`: there was nothing to compare.
  case nothingToCompare = 3
  /// The command line was not understood.
  case usage = 64
  /// The spec or a data file is bad; the message says where.
  case badInput = 65
  /// Our own mistake.
  case internalError = 70
  /// The system refused a file operation.
  case inputOutput = 74
  /// Something passing is in the way.
  case tryAgain = 75
  /// Somebody stopped it.
  case interrupted = 130

  /// The code that an error leads to: each blames somebody.
  init(of error: any Error) {
    switch error {
    case is UsageError: self = .usage
    case is SpecError, is OptionError, is CSVError, is UnknownClaim, is ResultDamage:
      self = .badInput
    case let failure as StageFailure: self = failure.blame == .data ? .badInput : .stageFailed
    case is FileError, is Store.Damage, is GnuplotError, is PNGError, is DownloadError:
      self = .inputOutput
    case is Store.Busy: self = .tryAgain
    default: self = .internalError
    }
  }
}

/// A command line that was not understood.
struct UsageError: Error, CustomStringConvertible {
  /// What is wrong.
  let message: String
  /// What would have been accepted.
  let hint: String

  var description: String { "\(message)\nhint: \(hint)" }
}
