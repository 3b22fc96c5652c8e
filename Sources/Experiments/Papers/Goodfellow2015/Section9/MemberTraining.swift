import Contract
import Models
import Training

/// Whether the members of an ensemble were trained for so long that their error under attack compares
/// with the paper's.
///
/// The paper's networks were trained to the end of their recipe. The error of a maxout network under
/// FGSM falls from 99 % after 10 epochs to about 90 % after 50, and hardly moves from then on, so
/// weights of a later epoch count as settled too. The rule must hold for every member, and its
/// network must be the paper's.
struct MemberTraining: Hashable, Sendable {
  /// The epoch from which on the error under attack has settled.
  static let settledFrom = 50

  /// Whether the training came to its own end.
  let isComplete: Bool
  /// Whether the network is the paper's, dropout included, and saw all of its training images.
  let isPaperNetwork: Bool
  /// The epoch whose weights were kept.
  let keptEpoch: Int

  /// Reads it off what a training stage handed on: its conditions, its weights and its curve.
  init(_ member: StageInput, _ classifier: Classifier) throws(StageFailure) {
    let conditions = member.output.conditions
    isComplete = conditions["\(member.name)/training"] == Course.complete
    let paper = MaxoutNetwork(
      pixels: 784, units: 240, pieces: 5, inputKeep: 0.8, hiddenKeep: 0.5
    ).architecture(classes: 10)
    isPaperNetwork =
      classifier.architecture == paper && conditions["train-images"] == "50000"
    keptEpoch = try member.keptEpoch()
  }

  init(isComplete: Bool, isPaperNetwork: Bool, keptEpoch: Int) {
    self.isComplete = isComplete
    self.isPaperNetwork = isPaperNetwork
    self.keptEpoch = keptEpoch
  }

  /// Whether this member is settled.
  var isSettled: Bool { isPaperNetwork && (isComplete || keptEpoch >= Self.settledFrom) }

  /// The condition for all members: `settled`, or what keeps it from being so.
  static func condition(_ members: [MemberTraining]) -> String {
    guard !members.allSatisfy(\.isSettled) else { return "settled" }
    let epochs = members.map(\.keptEpoch)
    let (least, most) = (epochs.min() ?? 0, epochs.max() ?? 0)
    return "weights of epoch \(least)" + (most > least ? " to \(most)" : "")
      + (members.allSatisfy(\.isPaperNetwork)
        ? "" : ", not the network or the images of the recipe")
  }
}

extension StageInput {
  /// The epoch with the lowest watched error, the first of equals: the one whose weights were kept.
  fileprivate func keptEpoch() throws(StageFailure) -> Int {
    guard case .table(let curve)? = output.artifacts["curve"], curve.columns.count > 1 else {
      throw StageFailure(.data, "‘\(stage)’ has no course of its training named ‘curve’")
    }
    let errors = curve.rows.map { row in
      if case .proportion(let hits, _) = row[1] { hits } else { Int.max }
    }
    return (errors.firstIndex(of: errors.min() ?? 0) ?? -1) + 1
  }
}
