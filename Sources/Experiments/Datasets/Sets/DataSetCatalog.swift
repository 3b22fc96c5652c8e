/// Every data set that is made of original files.
///
/// It stands apart from `DataSetInfo` so that no data set belongs to the code of another.
package enum DataSetCatalog {
  /// What can be listed, fetched and verified.
  package static let all: [DataSetInfo] = [
    MNIST.info, CIFAR10.info, FashionMNIST.info, SVHN.info, CelebA.info,
    Semeion.info,
  ]

  /// The data set of that name, or nil.
  package static func named(_ name: String) -> DataSetInfo? { all.first { $0.name == name } }
}
