import Contract

extension StageInput {
  /// The data set of a data-set stage.
  package func digits() throws(StageFailure) -> DigitImages { try DigitImages(tensors("digits")) }
}
