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

let package = Package(
  name: "pipeline",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "pipeline", targets: ["Pipeline"])],
  targets: [
    .target(name: "CKernels", cSettings: fastC),
    .target(name: "Kernels", dependencies: ["CKernels"], swiftSettings: fastKernels),
    .target(
      name: "Experiments",
      dependencies: ["Kernels", "CArchive", "CCrypto", "CMatIO", "CTurboJPEG"],
      swiftSettings: fastSwift),
    .executableTarget(
      name: "Pipeline", dependencies: ["Experiments", "CPNG", "CCrypto"], swiftSettings: fastSwift),

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
      name: "ExperimentsTests", dependencies: ["Experiments"], swiftSettings: fastSwift),
    .testTarget(name: "PipelineTests", dependencies: ["Pipeline"], swiftSettings: fastSwift),
  ],
  swiftLanguageModes: [.v6]
)
