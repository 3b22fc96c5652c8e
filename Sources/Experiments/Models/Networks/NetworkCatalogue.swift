import Contract

/// The networks that the spec can name.
package enum NetworkCatalogue {
  /// All of them, one line each.
  package static let networks = Catalogue<any NetworkPiece>(
    "network",
    [
      SoftmaxRegression.self,
      LogisticRegression.self,
      MaxoutSettings.self,
      ConvMaxoutSettings.self,
      RBFNetwork.self,
      LeNet.self,
      TutorialNetwork.self,
    ])
}
