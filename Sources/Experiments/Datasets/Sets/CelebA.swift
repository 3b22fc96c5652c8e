/// CelebA, aligned and cropped: 202,599 colour photographs of faces, 178×218 pixels.
///
/// Z. Liu, P. Luo, X. Wang, X. Tang: Deep Learning Face Attributes in the Wild, ICCV 2015. The
/// archive holds `img_align_celeba/000001.jpg` to `202599.jpg`; the authors' page leads to a download
/// that only a browser can make, so the mirror is another place of the very same file.
package enum CelebA {
  /// The archive, its digest and where it is.
  package static let info = DataSetInfo(
    name: "celeba",
    summary: "202,599 aligned faces, 178×218 colour (mmlab.ie.cuhk.edu.hk/projects/CelebA.html)",
    citation: "Liu, Luo, Wang, Tang, ICCV 2015",
    licence: "for non-commercial research only",
    files: [
      DataSetFile(
        .init(
          name: "img_align_celeba.zip", bytes: 1_443_490_838,
          sha256: "46fb89443c578308acf364d7d379fe1b9efb793042c0af734b6112e4fd3a8c74"))
    ],
    unpacked: folder, isFetchedByName: true,
    mirrors: ["https://s3.amazonaws.com/pytorch-tutorial-assets"])

  /// The folder in the archive, which serves unpacked as well.
  package static let folder = "img_align_celeba"

  /// The numbers of the images in each part.
  package struct Parts: Hashable, Sendable {
    package let train: ClosedRange<Int>
    package let validation: ClosedRange<Int>
    package let test: ClosedRange<Int>
  }

  /// The split of the authors' `list_eval_partition.txt`.
  package static let official = Parts(
    train: 1...162_770, validation: 162_771...182_637, test: 182_638...202_599)

  /// Columns of an original.
  package static let width = 178
  /// Rows of an original.
  package static let height = 218
  /// Rows and columns of the central square that is kept.
  static let crop = 148
  /// Rows and columns of an image as it is handed on.
  package static let side = 64

  /// The file of an image, such as `000001.jpg`.
  static func fileName(_ number: Int) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".jpg"
  }

  /// The number in such a name; nil for any other name.
  package static func number(_ fileName: String) -> Int? {
    guard let number = Int(fileName.prefix(6)), self.fileName(number) == fileName else {
      return nil
    }
    return number
  }
}
