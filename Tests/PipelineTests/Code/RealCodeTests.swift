import Attacks
import Papers
import Testing

@testable import Pipeline

/// The rule on the project's own tree: nothing that computes a number may be missing from a stage's
/// code, and what has nothing to do with it should be.
@Suite("Code behind the real stages") struct RealCodeTests {
  private let files: [String: String]
  private let index: CodeIndex

  init() throws {
    files = try SourceTree.files()
    index = SourceTree.index(files)
  }

  private func names(_ type: String, _ index: CodeIndex? = nil) -> Set<String> {
    Set((index ?? self.index).fingerprint(ofType: type)?.files.map(\.name) ?? [])
  }

  @Test func `every kind in the catalog has code`() {
    for kind in Catalog.kinds {
      #expect(names(String(describing: kind)).count > 3, "\(kind)")
    }
  }

  @Test(arguments: [
    "Train", "MaxoutSettings", "Retraining", "Craft", "EpsilonSweep",
  ])
  func `whoever multiplies matrices has all C code of all paths`(type: String) {
    let expected = files.keys.filter {
      $0.hasPrefix("CKernels/") && !$0.hasSuffix(".modulemap") && !Self.isConvolution($0)
        && !$0.contains("pairs") && !$0.hasSuffix("CPairs.h") && !Self.isDouble($0)
    }
    #expect(expected.count > 10)
    #expect(Set(expected).subtracting(names(type)).isEmpty)
    #expect(names(type).contains("Kernels/LinearAlgebra/MatrixProduct.swift"))
  }

  /// The C files of convolution and pooling, which have a table of their own.
  private static func isConvolution(_ file: String) -> Bool {
    file.hasPrefix("CKernels/") && file.lowercased().contains("convolution")
  }

  /// The C files in double precision.
  private static func isDouble(_ file: String) -> Bool {
    file.hasPrefix("CKernels/") && file.lowercased().contains("doubles")
  }

  @Test func `double precision belongs to the Gaussian process`() {
    let expected = files.keys.filter(Self.isDouble)
    #expect(expected.count > 8)
    #expect(Set(expected).subtracting(names("GaussianProcess")).isEmpty)
    for type in ["Train", "LeNet", "Craft", "Conv2D"] {
      #expect(names(type).filter(Self.isDouble).isEmpty, "\(type)")
    }
  }

  @Test func `convolution belongs to those who convolve`() {
    let expected = files.keys.filter(Self.isConvolution)
    #expect(expected.count > 8)
    #expect(Set(expected).subtracting(names("Conv2D")).isEmpty)
    for type in ["Dense", "Maxout", "Sequential", "SGD"] {
      let found = names(type).filter {
        Self.isConvolution($0) || $0.contains("Conv2D") || $0.contains("Pool2D")
      }
      #expect(found.isEmpty, "\(type): \(found)")
    }
  }

  @Test func `attacks belong to those who attack`() {
    let attack = "Experiments/Attacks/Gradient/FGSM.swift"
    #expect(names("AdversarialObjective").contains(attack))
    #expect(names("EpsilonSweep").contains(attack))
    for type in ["Train", "Craft", "MaxoutSettings", "CleanObjective", "MNISTStage"] {
      #expect(!names(type).contains(attack), "\(type)")
    }
  }

  @Test func `one stage's file is not another's`() {
    let stages = [
      "FirstStop": "FirstStop", "Figure3": "Figure3", "RotationTable": "RotationTable",
      "EpsilonSweep": "EpsilonSweep", "Figure2": "Figure2",
    ]
    for (type, own) in stages {
      let found = names(type).filter { $0.contains("/Papers/") }
      #expect(found.contains { $0.hasSuffix("/\(own).swift") })
      for other in stages.values where other != own {
        #expect(!found.contains { $0.hasSuffix("/\(other).swift") }, "\(type)")
      }
    }
  }

  @Test func `drawing digits needs no attacks, models or training`() {
    let found = names("SyntheticDigitsStage").filter {
      $0.contains("/Attacks/") || $0.contains("/Papers/") || $0.contains("/Training/")
    }
    #expect(found.isEmpty, "\(found)")
  }

  @Test func `comments and blank lines in every file change nothing`() {
    let commented = files.mapValues { text in
      "// A remark.\n\n" + text.replacing("\n}\n", with: "\n\n  // Another.\n}\n")
        + "\n/* The end. */\n"
    }
    let other = SourceTree.index(commented)
    for kind in Catalog.kinds {
      let type = String(describing: kind)
      #expect(other.fingerprint(ofType: type) == index.fingerprint(ofType: type), "\(type)")
    }
  }

  @Test func `an edit of FGSM makes the attack stale and no training`() throws {
    var edited = files
    let name = "Experiments/Attacks/Gradient/FGSM.swift"
    let text = try #require(edited[name])
    edited[name] = text + "\nextension FGSM { static var more: Int { 1 } }\n"
    let other = SourceTree.index(edited)
    for type in ["FGSM", "EpsilonSweep", "AdversarialObjective"] {
      #expect(other.fingerprint(ofType: type) != index.fingerprint(ofType: type), "\(type)")
    }
    for type in ["Train", "MaxoutSettings", "CleanObjective", "NoiseObjective", "PGD"] {
      #expect(other.fingerprint(ofType: type) == index.fingerprint(ofType: type), "\(type)")
    }
  }

  @Test(arguments: [
    "CKernels/paths/product.h", "CKernels/paths/vector.h", "CKernels/dispatch.c",
    "CKernels/path_avx2.c", "Kernels/LinearAlgebra/MatrixProduct.swift",
    "Kernels/Random/Philox.swift", "Experiments/Training/Trainer.swift",
  ])
  func `an edit of what everything rests on makes a training stale`(name: String) throws {
    var edited = files
    edited[name] = try #require(files[name]) + "\nint more_of_this;\n"
    #expect(
      SourceTree.index(edited).fingerprint(ofType: "Train")
        != index.fingerprint(ofType: "Train"))
  }

  @Test func `catalogues are doors: only the pieces that options name are behind a stage`() {
    let core = names("Craft")
    #expect(core.contains { $0.hasSuffix("Stages/Craft.swift") })
    for attack in ["FGSM", "PGD", "MIM", "JSMA", "CarliniWagner", "L2Ball"] {
      #expect(!core.contains { $0.hasSuffix("/\(attack).swift") }, "\(attack)")
    }
    let training = names("Train")
    for piece in [
      "MaxoutSettings", "LeNet", "RBFNetwork", "AdversarialObjective", "RubbishObjective",
      "AdadeltaDescent", "LayerwiseDescent", "GrowingPatience", "Continuation", "Retraining",
    ] {
      #expect(!training.contains { $0.hasSuffix("/\(piece).swift") }, "\(piece)")
    }
    for piece in Catalog.pieces {
      let type = String(describing: piece)
      #expect(names(type).contains { $0.hasSuffix("/\(type).swift") }, "\(type) has no code")
    }
    #expect(names("PGD").contains { $0.hasSuffix("/ProjectedAscent.swift") })
    #expect(!names("PGD").contains { $0.hasSuffix("/MIM.swift") })
  }

  @Test func `a new attack makes nothing stale`() throws {
    var grown = files
    let catalogue = "Experiments/Attacks/AttackCatalogue.swift"
    grown[catalogue] = try #require(files[catalogue])
      .replacing("MIM.self,", with: "MIM.self, Newest.self,")
    grown["Experiments/Attacks/Gradient/Newest.swift"] =
      "package struct Newest: Attack, AttackPiece { let ball: any NormBall }"
    let other = SourceTree.index(grown)
    for type in (Catalog.kinds + Catalog.pieces as [Any.Type]).map({ String(describing: $0) }) {
      #expect(other.fingerprint(ofType: type) == index.fingerprint(ofType: type), "\(type)")
    }
  }

  @Test func `a new paper's files make nothing stale`() throws {
    var grown = files
    let catalogue = "Experiments/Papers/Catalog.swift"
    grown[catalogue] = try #require(files[catalogue])
      .replacing("TutorialTable.self,", with: "TutorialTable.self, Table1.self,")
    #expect(grown[catalogue] != files[catalogue])
    grown["Experiments/Papers/New2020/Table1.swift"] =
      "public struct Table1: Stage { func run() { FGSM(ball); Craft.kind } }"
    grown["CKernels/new.c"] = "#include \"CKernels.h\"\nlong ck_new(void) { return 1; }\n"
    let other = SourceTree.index(grown)
    for kind in Catalog.kinds {
      let type = String(describing: kind)
      #expect(other.fingerprint(ofType: type) == index.fingerprint(ofType: type), "\(type)")
    }
  }

  /// The kinds whose key another tree gives another code.
  private func changed(_ files: [String: String]) -> Set<String> {
    let other = SourceTree.index(files)
    return Set(
      Catalog.kinds.map { String(describing: $0) }.filter {
        other.fingerprint(ofType: $0)?.digest != index.fingerprint(ofType: $0)?.digest
      })
  }

  private var allKinds: Set<String> { Set(Catalog.kinds.map { String(describing: $0) }) }

  @Test func `a flag of the compiler changes every key, a comment on it none`() throws {
    var edited = files
    let manifest = try #require(files["Package.swift"])
    #expect(manifest.contains("\"-O3\""))
    edited["Package.swift"] = manifest.replacing("\"-O3\"", with: "\"-O2\"")
    #expect(changed(edited) == allKinds)
    edited["Package.swift"] = manifest + "\n// More about flags.\n"
    #expect(changed(edited).isEmpty)
  }

  @Test func `what turns arrays into bytes changes every key, the rest of Pipeline none`() throws {
    for name in CodeIndex.codec {
      var edited = files
      edited[name] = try #require(files[name], "\(name) was moved") + "\nprivate let more = 1\n"
      #expect(changed(edited) == allKinds, "\(name)")
    }
    var edited = files
    for name in files.keys where name.hasPrefix("Pipeline/") && !CodeIndex.codec.contains(name) {
      edited[name] = try #require(files[name]) + "\nprivate let more = 1\n"
    }
    #expect(changed(edited).isEmpty)
  }

  @Test func `an edit of FGSM changes only the kinds that have it`() throws {
    let name = "Experiments/Attacks/Gradient/FGSM.swift"
    var edited = files
    edited[name] = try #require(files[name]) + "\nprivate let more = 1\n"
    let users = allKinds.filter { names($0).contains(name) }
    #expect(changed(edited) == users)
    #expect(!users.isEmpty && users.count < allKinds.count)
  }

  /// A kind that is told nothing of its inputs must not look: an old word would stay in its answer.
  @Test func `whoever reads the conditions of its inputs says so`() {
    let readers = files.filter { name, text in
      name.hasPrefix("Experiments/") && !name.hasSuffix("Contract/Inheritance.swift")
        && (text.contains(".output.conditions[") || text.contains("= member.output.conditions"))
    }.keys
    #expect(readers.count > 3)
    for kind in Catalog.kinds {
      let own = names(String(describing: kind)).filter { $0.contains("/Papers/") }
      let reads = !own.isDisjoint(with: readers)
      #expect(kind.readsConditions == reads, "\(kind): \(own.intersection(readers))")
    }
  }
}
