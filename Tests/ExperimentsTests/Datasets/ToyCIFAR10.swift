import Kernels

@testable import Contract
@testable import Datasets

/// A data set of the layout of CIFAR-10, with a few images a batch, and its manifest.
struct ToyCIFAR10 {
  static let archiveName = "cifar-10-binary.tar.gz"

  /// Five training batches and the test batch, by name.
  let batches: [(name: String, bytes: [UInt8])]

  init(imagesPerBatch: Int = 3) {
    let names = (1...5).map { "data_batch_\($0).bin" } + ["test_batch.bin"]
    batches = names.enumerated().map { number, name in
      let seed = Seed(3, stage: name)
      var bytes: [UInt8] = []
      for image in 0..<imagesPerBatch {
        let noise = seed.forked(image)
        bytes.append(UInt8((number * imagesPerBatch + image) % 10))
        for pixel in 0..<3072 { bytes.append(UInt8(noise.uniform(at: pixel) * 255)) }
      }
      return (name, bytes)
    }
  }

  /// The archive as its authors made it: in a folder, with other files, in no particular order.
  func archive() throws -> [UInt8] {
    let folder = "cifar-10-batches-bin"
    return try tarGzip(
      [("\(folder)/", []), ("\(folder)/batches.meta.txt", Array("airplane\n".utf8))]
        + batches.reversed().map { ("\(folder)/\($0.name)", $0.bytes) }
        + [("\(folder)/readme.html", Array("<html>".utf8))])
  }

  /// A manifest in which the archive has these bytes, and each batch `content` or else its own.
  func manifest(
    archive: [UInt8], content: [String: [UInt8]] = [:], packed: [String: [UInt8]] = [:]
  ) throws -> DataSetInfo {
    let files = try batches.map { name, bytes in
      DataSetFile(
        packed: Self.facts("\(name).xz", try packed[name] ?? xz(bytes)),
        plain: Self.facts(name, content[name] ?? bytes))
    }
    return DataSetInfo(
      name: "cifar-10", summary: "", citation: "", licence: "",
      files: [DataSetFile(Self.facts(Self.archiveName, archive))],
      alternatives: [files, Array(files.dropLast())], mirrors: ["https://example.org"])
  }

  static func facts(_ name: String, _ bytes: [UInt8]) -> DataSetFile.Facts {
    .init(name: name, bytes: bytes.count, sha256: SHA256.hex(of: bytes))
  }
}
