extension StageInput {
  /// The data set of a data-set stage.
  public func digits() throws(StageFailure) -> DigitImages { try DigitImages(tensors("digits")) }
}
