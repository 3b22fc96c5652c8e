/// CIFAR-10: 50,000 + 10,000 colour pictures of 32×32 pixels in ten classes.
///
/// A. Krizhevsky: Learning Multiple Layers of Features from Tiny Images, 2009. A record is a byte with
/// the class, then 1,024 bytes each of red, green and blue, every plane row by row. The archive of
/// the University of Toronto holds five batches of 10,000 training images and one test batch.
package enum CIFAR10 {
  /// Files, digests and where the archive is.
  package static let info = DataSetInfo(
    name: "cifar-10",
    summary: "50,000 + 10,000 colour pictures of ten classes, 32×32",
    citation: "Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009",
    licence: "none stated; the author asks for a citation",
    files: [
      DataSetFile(
        .init(
          name: "cifar-10-binary.tar.gz", bytes: 170_052_171,
          sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"))
    ],
    alternatives: [training + [test], training],
    mirrors: ["https://www.cs.toronto.edu/~kriz"])

  /// Rows and columns of an image.
  package static let side = 32

  /// The classes by number.
  static let classNames = [
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
  ]

  private static let training = [
    batch(
      1, packed: 20_750_072, "b1abc602d47acd1a0526cc4a021714bd79bd522b4f1dbbc22e705a37997a2571",
      plain: "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
    batch(
      2, packed: 20_789_484, "2ba2db83ec341a2d1a96b7533f6e0c17ed4dc2791cd9f0f56b6459b707bd95d4",
      plain: "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
    batch(
      3, packed: 20_785_892, "47a5274dce167151548f80ac8ba78251e6953d969c8d58edb90c768db854b9e6",
      plain: "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
    batch(
      4, packed: 20_775_724, "944f93749c6cf6949819b2941c50b35e6ea715fc57bcf1e5ba9c76b9e917b619",
      plain: "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
    batch(
      5, packed: 20_726_712, "f94a4eb1effeb1340dd43c1b738f88cb856e1088baa6104ec94dee8d5e660078",
      plain: "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"),
  ]

  private static let test = DataSetFile(
    .init(
      name: "test_batch.bin", bytes: 30_730_000,
      sha256: "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"))

  private static func batch(
    _ number: Int, packed bytes: Int, _ packedDigest: String, plain plainDigest: String
  ) -> DataSetFile {
    let name = "data_batch_\(number).bin"
    return DataSetFile(
      packed: .init(name: "\(name).xz", bytes: bytes, sha256: packedDigest),
      plain: .init(name: name, bytes: 30_730_000, sha256: plainDigest))
  }
}
