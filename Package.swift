// swift-tools-version: 6.1
import PackageDescription

// `swift run` builds the debug configuration, so debug is optimised too: plain debug trains 25 to 42
// times slower. Whole-module optimisation is what specialises the generics of the kernels across
// files, and it needs a thread count to be accepted together with the flags SwiftPM passes by itself.
let fastKernels: [SwiftSetting] = [
  .unsafeFlags(
    ["-O", "-wmo", "-num-threads", "2", "-disable-batch-mode"], .when(configuration: .debug))
]
// Above the kernels nothing is hot: file by file is as fast and gives the same bytes, and an edit
// rebuilds a few files instead of a module.
let fastSwift: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]
let fastC: [CSetting] = [.unsafeFlags(["-O3"])]

let rooms = ["Contract", "Datasets", "Models", "Attacks", "Measures", "Training"]
let papers = [
  "Goodfellow2015", "Papernot2016", "Kos2017", "Bradshaw2017", "FGSMTutorial",
]

/// A room of `Sources/Experiments`: the compiler keeps it from looking at rooms it does not see.
func room(_ name: String, sees: [String], path: String = "Sources/Experiments") -> Target {
  .target(
    name: name, dependencies: ["Kernels"] + sees.map { .init(stringLiteral: $0) },
    path: "\(path)/\(name)", swiftSettings: fastSwift)
}

/// The folder of one paper, which sees no other paper.
func paper(_ name: String) -> Target {
  room(name, sees: rooms + ["Stages"], path: "Sources/Experiments/Papers")
}

let package = Package(
  name: "pipeline",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "pipeline", targets: ["Pipeline"])],
  targets: [
    .target(name: "CKernels", cSettings: fastC),
    .target(name: "Kernels", dependencies: ["CKernels"], swiftSettings: fastKernels),
    // The rooms of the corridor, from left to right in the picture: each sees only what is named here.
    room("Contract", sees: ["CCrypto"]),
    room("Datasets", sees: ["Contract", "CArchive", "CMatIO", "CTurboJPEG"]),
    room("Models", sees: ["Contract", "Datasets"]),
    room("Attacks", sees: ["Contract", "Models"]),
    room("Measures", sees: ["Contract", "Datasets", "Models", "Attacks"]),
    room("Training", sees: ["Contract", "Datasets", "Models", "Attacks", "Measures"]),
    room("Stages", sees: rooms),
    room("Benchmarks", sees: rooms),
    paper("Goodfellow2015"), paper("Papernot2016"), paper("Kos2017"), paper("Bradshaw2017"),
    paper("FGSMTutorial"),
    .target(
      name: "Papers",
      dependencies: ["Contract", "Models", "Attacks", "Training", "Stages"]
        + papers.map { .init(stringLiteral: $0) },
      path: "Sources/Experiments/Papers", exclude: papers, sources: ["Catalog.swift"],
      swiftSettings: fastSwift),
    .executableTarget(
      name: "Pipeline",
      dependencies: [
        "Kernels", "Contract", "Datasets", "Attacks", "Measures", "Benchmarks", "Papers", "CPNG",
      ],
      swiftSettings: fastSwift),

    .systemLibrary(
      name: "CPNG", path: "Sources/System/CPNG", pkgConfig: "libpng",
      providers: [.apt(["libpng-dev"])]),
    .systemLibrary(
      name: "CArchive", path: "Sources/System/CArchive", pkgConfig: "libarchive",
      providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(
      name: "CCrypto", path: "Sources/System/CCrypto", pkgConfig: "libcrypto",
      providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CMatIO", path: "Sources/System/CMatIO", pkgConfig: "matio",
      providers: [.apt(["libmatio-dev"])]),
    .systemLibrary(
      name: "CTurboJPEG", path: "Sources/System/CTurboJPEG", pkgConfig: "libturbojpeg",
      providers: [.apt(["libturbojpeg0-dev"])]),

    .testTarget(name: "KernelsTests", dependencies: ["Kernels"], swiftSettings: fastSwift),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: (rooms + ["Stages", "Papers"] + papers).map { .init(stringLiteral: $0) },
      swiftSettings: fastSwift),
    .testTarget(name: "PipelineTests", dependencies: ["Pipeline"], swiftSettings: fastSwift),
  ],
  swiftLanguageModes: [.v6]
)
