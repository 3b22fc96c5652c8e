/// A file in `results/` that is not what was written there: half a file, another program's, or
/// edited by hand; exit code 65.
///
/// It is the record of a run, so nothing is deleted or repaired for it.
struct ResultDamage: Error, Hashable, CustomStringConvertible {
  /// The file.
  let path: String
  /// What is wrong with it.
  let problem: String

  var description: String {
    "‘\(path)’ \(problem)\nhint: git checkout brings back what was committed;"
      + " a run of its stage writes it again"
  }
}
