import Contract
import Foundation

/// What gnuplot made of scripts, drawn once for each script and data, and kept in the cache.
struct Pictures {
  /// One picture that is wanted: a script and the name that it gives its files.
  struct Wanted {
    let script: GnuplotScript
    let name: String
  }

  /// Where the pictures are kept.
  let folder: String
  /// The most gnuplots at once.
  let jobs: Int

  /// Draws those that are not there yet, many in one process: starting gnuplot takes longer than a
  /// drawing.
  ///
  /// What a process cannot draw is left to `picture`, which draws it by itself and says what is wrong.
  func prepare(_ wanted: [Wanted]) throws {
    var known: Set<String> = []
    let missing = wanted.filter { picture in
      let place = place(of: picture.script)
      return known.insert(place).inserted && Self.picture(at: place) == nil
    }
    // One alone is drawn as well by itself.
    guard missing.count > 1 else { return }
    try inWorkshop { workshop in
      let gnuplot = try gnuplot
      let count = min(jobs, (missing.count + Self.fewest - 1) / Self.fewest)
      let shares = (0..<count).map { share in
        stride(from: share, to: missing.count, by: count).map { missing[$0] }
      }
      var drawings: [Gnuplot.Drawings] = []
      for (share, pictures) in shares.enumerated() {
        drawings.append(try gnuplot.begin(pictures, in: "\(workshop)/\(share)"))
      }
      let drawn = zip(shares, drawings).flatMap { share, drawings in
        drawings.end() ? Array(zip(share, drawings.files)) : []
      }
      // A picture has its name only once its bytes are safe.
      try Files.settle(workshop)
      for (picture, file) in drawn where Self.picture(at: file) != nil {
        try Files.move(file, to: place(of: picture.script))
      }
    }
  }

  /// The fewest pictures that are worth a process.
  private static let fewest = 8

  /// The picture of a script, as PNG.
  func picture(of wanted: Wanted) throws -> [UInt8] {
    let place = place(of: wanted.script)
    if let bytes = Self.picture(at: place) { return bytes }
    return try inWorkshop { workshop in
      try gnuplot.draw(wanted.script, name: wanted.name, in: workshop)
      let bytes = try Files.read("\(workshop)/\(wanted.name).png")
      try Files.write(bytes, to: place)
      return bytes
    }
  }

  private func place(of script: GnuplotScript) -> String {
    "\(folder)/\(TaggedEncoder.digest("drawing", [script.script, script.data])).png"
  }

  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47]

  /// The bytes of a picture; nil if there is none.
  private static func picture(at path: String) -> [UInt8]? {
    (try? Files.read(path)).flatMap { $0.starts(with: signature) ? $0 : nil }
  }

  private var gnuplot: Gnuplot {
    get throws { try Gnuplot(searchPath: ProcessInfo.processInfo.environment["PATH"] ?? "") }
  }

  /// Gives a folder for unfinished files, which `pipeline gc` knows as such, and takes it away.
  private func inWorkshop<Result>(_ work: (String) throws -> Result) throws -> Result {
    let workshop = "\(folder)/plot.draft-\(getpid())"
    try Files.createFolder(workshop)
    defer { Files.remove(workshop) }
    return try work(workshop)
  }
}
