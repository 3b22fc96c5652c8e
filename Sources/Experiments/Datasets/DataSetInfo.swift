/// What is known about a data set before it is here: its files, their digests, where to get them.
public struct DataSetInfo: Hashable, Sendable {
  /// The word for it on the command line, which is also the name of its folder.
  public let name: String
  /// One line on what it is.
  public let summary: String
  /// Who made it and where that was published.
  public let citation: String
  /// The terms it is given under.
  public let licence: String
  /// Its files.
  public let files: [DataSetFile]
  /// Addresses of folders on the web, best first; a file's name is appended.
  public let mirrors: [String]

  /// Every data set that can be listed, fetched and verified.
  public static let all: [DataSetInfo] = [MNIST.info]

  /// The data set of that name, or nil.
  public static func named(_ name: String) -> DataSetInfo? { all.first { $0.name == name } }

  /// Finds each file in the first folder that has it, without reading any.
  ///
  /// A folder is tried as it is and with the data set's own folder below it; the packed form of a
  /// file is preferred to the plain one. The result is in the order of `files`; nil is missing.
  public func locate(in locations: DataLocations) -> [LocatedFile?] {
    let places = locations.folders.flatMap { [$0, "\($0)/\(name)"] }
    return files.map { file in
      for place in places {
        for facts in [file.packed, file.plain] where FileReader.exists("\(place)/\(facts.name)") {
          return LocatedFile(file: file, facts: facts, path: "\(place)/\(facts.name)")
        }
      }
      return nil
    }
  }

  /// Whether every file is somewhere, be it whole or damaged.
  public func isPresent(in locations: DataLocations) -> Bool {
    locate(in: locations).allSatisfy { $0 != nil }
  }

  /// Finds every file and compares its size and SHA-256; a damaged file is never passed over.
  @discardableResult
  public func verify(in locations: DataLocations) throws(DataFileError) -> [LocatedFile] {
    var verified: [LocatedFile] = []
    for (file, located) in zip(files, locate(in: locations)) {
      guard let located else { throw missing(file, in: locations) }
      try located.verify()
      verified.append(located)
    }
    return verified
  }

  private func missing(_ file: DataSetFile, in locations: DataLocations) -> DataFileError {
    let folders = locations.folders.map { "‘\($0)’" }.joined(separator: ", ")
    return DataFileError(
      file: file.packed.name, problem: "of the data set ‘\(name)’ is missing",
      found: "no such file in \(folders.isEmpty ? "any folder, since none was given" : folders)",
      expected: "‘\(file.packed.name)’ or ‘\(file.plain.name)’ there or in ‘\(name)’ below",
      hint: "‘pipeline data fetch \(name)’ downloads it; ‘--data DIR’ says where it is")
  }
}

/// One file of a data set in the two forms it may have on disk.
public struct DataSetFile: Hashable, Sendable {
  /// Name, size and digest of one form of a file.
  public struct Facts: Hashable, Sendable {
    /// The file's name without folders.
    public let name: String
    /// Its size.
    public let bytes: Int
    /// Its SHA-256 in lower-case hexadecimal digits.
    public let sha256: String
  }

  /// As it is downloaded.
  public let packed: Facts
  /// As it is after unpacking.
  public let plain: Facts
}

/// A file of a data set that was found on disk, not yet read.
public struct LocatedFile: Hashable, Sendable {
  /// Which file it is.
  public let file: DataSetFile
  /// What is known about the form it was found in.
  public let facts: DataSetFile.Facts
  /// Where it was found.
  public let path: String

  /// Compares size and SHA-256 with what they must be.
  public func verify() throws(DataFileError) {
    let size = try FileReader.size(of: path)
    let digest = try SHA256.hex(ofFile: path)
    guard size == facts.bytes && digest == facts.sha256 else {
      throw DataFileError(
        file: path, problem: "is damaged or is another file of that name",
        found: "\(size) bytes, SHA-256 \(digest)",
        expected: "\(facts.bytes) bytes, SHA-256 \(facts.sha256)",
        hint: "remove it and run ‘pipeline data fetch’, or give another folder with ‘--data’")
    }
  }
}
