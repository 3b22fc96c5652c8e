import Contract
import Kernels

/// Compares stages that were computed anew with what `results/` holds of them.
struct Verification {
  /// What became of one stage.
  struct Finding: Hashable, Sendable {
    /// The stage, with its replicate.
    let stage: String
    /// The first difference, with its file; nil if there is none.
    let difference: String?
    /// What is the same, and what is worth knowing beside it.
    let remark: String
  }

  /// `results/<profile>`, as it stands.
  let kept: AnswerFolder
  /// The folder into which the new answers were written.
  let computed: AnswerFolder

  /// Which nodes a sample takes: those whose hash with the run's seed comes first.
  ///
  /// The choice hangs on the seed and the names alone, so nobody can pick easy stages, everybody gets
  /// the same ones, and `--seed` gives others.
  static func sample(_ count: Int, of nodes: [Int], _ graph: StageGraph, seed: UInt64) -> [Int] {
    let chosen = nodes.map {
      (TaggedEncoder.digest("verify", ["\(seed)", graph.nodes[$0].name]), $0)
    }
    return chosen.sorted { $0.0 < $1.0 }.prefix(count).map(\.1).sorted()
  }

  /// The first difference of a stage.
  func finding(_ stage: String) throws -> Finding {
    guard let new = try computed.answer(stage) else {
      return Finding(stage: stage, difference: "it could not be computed", remark: "")
    }
    let old: Answer?
    do { old = try kept.answer(stage) } catch let damage as ResultDamage {
      return Finding(stage: stage, difference: damage.description, remark: "")
    }
    guard let old else {
      return Finding(stage: stage, difference: "results/ holds no answer of it", remark: "")
    }
    let files = new.artifacts.flatMap(\.files)
    let difference = try firstDifference(files, stage) ?? firstDifference(old, new)
    let bulky = new.artifacts.count { $0.form == .tensors }
    let isOther = old.key != new.key
    return Finding(
      stage: stage, difference: difference,
      remark: "\(files.count) files and \(bulky) sets of arrays have the same bytes"
        + (isOther ? ", by other code or options than then" : ""))
  }

  /// The first file that differs or is not there.
  private func firstDifference(_ files: [AnswerArtifact.File], _ stage: String) throws -> String? {
    for file in files {
      let path = "\(kept.path)/\(stage)/\(file.name)"
      guard Files.size(path) != nil else { return "\(path): it is not there" }
      let difference = FileDifference.first(
        file.name, kept: try Files.read(path),
        computed: try Files.read("\(computed.path)/\(stage)/\(file.name)"))
      if let difference { return "\(path): \(difference)" }
    }
    return nil
  }

  /// What differs though every file is the same: arrays that are in no file, or the run's facts.
  private func firstDifference(_ old: Answer, _ new: Answer) -> String? {
    let path = "\(kept.path)/\(new.stage)/\(Answer.fileName)"
    let names = [old, new].map { answer in
      answer.artifacts.map(\.name).filter { !old.isPartlyKnown || old.artifact($0) != nil }
    }
    if names[0] != names[1] {
      return "\(path): it names \(names[0].joined(separator: ", ")), and computed were"
        + " \(names[1].joined(separator: ", "))"
    }
    for then in old.artifacts {
      guard let now = new.artifact(then.name) else { continue }
      if let digest = then.digest, digest != now.digest {
        return "\(path): the bytes of ‘\(now.name)’ have the SHA-256 \(digest.prefix(12)) there,"
          + " \((now.digest ?? "").prefix(12)) was computed"
      }
    }
    let facts = Set(old.conditions.keys).union(old.isPartlyKnown ? [] : Set(new.conditions.keys))
    for name in facts.sorted()
    where old.conditions[name] != new.conditions[name] {
      return "\(path): the condition ‘\(name)’ is ‘\(old.conditions[name] ?? "absent")’ there,"
        + " ‘\(new.conditions[name] ?? "absent")’ was found"
    }
    // The same key promises everything else.
    guard old.key == new.key else { return nil }
    return old == new ? nil : "\(path): it says something else than what was computed"
  }
}
