import Contract

/// Hands on the network that adversarial training gives when the clean error decides when to stop.
///
/// Goodfellow, Shlens & Szegedy 2014, §6: the first attempt, before early stopping on the adversarial
/// validation error.
package struct FirstStop: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "first-stop"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Takes the network of adversarial training that the original stopping rule chose."
  /// The adversarial training.
  package static let inputs = [InputSlot("training", artifacts: ["other-weights"])]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [.tensors("weights")]
  /// Nothing is computed.
  package static let isParallel = false
  /// How the network was trained stands in the conditions.
  package static let readsConditions = true

  /// Takes no options.
  package init(options: inout OptionReader) throws(OptionError) {}

  /// Gives `weights`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let training = context.input("training")
    let course = training.output.conditions["\(training.name)/other-training"]
    return context.inheriting(
      ["weights": .tensors(try training.tensors("other-weights"))],
      conditions: course.map { ["\(context.name)/training": $0] } ?? [:])
  }
}
