/// The MNIST database of handwritten digits: 60,000 + 10,000 grey pictures of 28×28 pixels.
///
/// Y. LeCun, L. Bottou, Y. Bengio, P. Haffner: Gradient-based learning applied to document
/// recognition, Proc. IEEE 86(11), 1998. 0 is paper, 255 is ink.
package enum MNIST {
  /// Files, digests and mirrors.
  package static let info = DataSetInfo(
    name: "mnist",
    summary: "60,000 + 10,000 handwritten digits, 28×28 grey",
    citation: "LeCun, Bottou, Bengio, Haffner, Proc. IEEE 86(11), 1998",
    licence: "made available by its authors; commonly given as CC BY-SA 3.0",
    files: [
      IDXDataSet.file(
        "train-images-idx3-ubyte", packed: 9_912_422,
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609", plain: 47_040_016,
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
      IDXDataSet.file(
        "train-labels-idx1-ubyte", packed: 28_881,
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c", plain: 60_008,
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
      IDXDataSet.file(
        "t10k-images-idx3-ubyte", packed: 1_648_877,
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6", plain: 7_840_016,
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
      IDXDataSet.file(
        "t10k-labels-idx1-ubyte", packed: 4_542,
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6", plain: 10_008,
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
    ],
    mirrors: [
      "https://ossci-datasets.s3.amazonaws.com/mnist",
      "https://storage.googleapis.com/cvdf-datasets/mnist",
    ])
}
