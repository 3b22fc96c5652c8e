/// Fashion-MNIST: 60,000 + 10,000 grey pictures of clothing, 28×28 pixels, in ten classes.
///
/// H. Xiao, K. Rasul, R. Vollgraf: Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine
/// Learning Algorithms, arXiv:1708.07747, 2017. Format and file names are MNIST's.
package enum FashionMNIST {
  /// Files, digests and where they are.
  package static let info = DataSetInfo(
    name: "fashion-mnist",
    summary: "60,000 + 10,000 articles of clothing, 28×28 grey",
    citation: "Xiao, Rasul, Vollgraf, arXiv:1708.07747, 2017",
    licence: "MIT",
    files: [
      IDXDataSet.file(
        "train-images-idx3-ubyte", packed: 26_421_880,
        "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84", plain: 47_040_016,
        "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
      IDXDataSet.file(
        "train-labels-idx1-ubyte", packed: 29_515,
        "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845", plain: 60_008,
        "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
      IDXDataSet.file(
        "t10k-images-idx3-ubyte", packed: 4_422_102,
        "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073", plain: 7_840_016,
        "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
      IDXDataSet.file(
        "t10k-labels-idx1-ubyte", packed: 5_148,
        "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5", plain: 10_008,
        "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
    ],
    mirrors: ["http://fashion-mnist.s3-website.eu-central-1.amazonaws.com"])

  /// The classes by number.
  static let classNames = [
    "T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag",
    "ankle boot",
  ]
}
