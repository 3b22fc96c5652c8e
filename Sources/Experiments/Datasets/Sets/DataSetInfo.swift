import Contract

/// What is known about a data set before it is here: its files, their digests, where to get them.
package struct DataSetInfo: Hashable, Sendable {
  /// The word for it on the command line, which is also the name of its folder.
  package let name: String
  /// One line on what it is.
  package let summary: String
  /// Who made it and where that was published.
  package let citation: String
  /// The terms it is given under.
  let licence: String
  /// Its files, as they are downloaded.
  package let files: [DataSetFile]
  /// Other files that serve where `files` are not all there, best first: unpacked archives, parts.
  var alternatives: [[DataSetFile]] = []
  /// The name of the folder of single files that `files` unpacks to, where that serves as well; such
  /// a folder has no digest.
  var unpacked: String? = nil
  /// Whether it is so large that it is downloaded only for somebody who asks for it by its name.
  package var isFetchedByName = false
  /// Addresses of folders on the web, best first; a file's name is appended.
  package let mirrors: [String]

  /// Finds each file in the first folder that has it, without reading any.
  ///
  /// The data set's own folder is tried below every folder, then the folders as they are; the packed
  /// form of a file is preferred to the plain one. The files are `files`, or those of the first of the
  /// `alternatives` that is complete where `files` are not; nil is missing.
  package func locate(in locations: DataLocations) -> [(file: DataSetFile, found: LocatedFile?)] {
    let forms = ([files] + alternatives).map { form in
      form.map { (file: $0, found: locate($0, in: locations)) }
    }
    return forms.first { $0.allSatisfy { $0.found != nil } } ?? forms[0]
  }

  private func locate(_ file: DataSetFile, in locations: DataLocations) -> LocatedFile? {
    for place in places(in: locations) {
      for facts in [file.packed, file.plain] where FileReader.exists("\(place)/\(facts.name)") {
        return LocatedFile(file: file, facts: facts, path: "\(place)/\(facts.name)")
      }
    }
    return nil
  }

  /// The folder `unpacked` where it has to serve because the files are not all there; nil otherwise.
  package func unpackedFolder(in locations: DataLocations) -> String? {
    guard let unpacked, locate(in: locations).contains(where: { $0.found == nil }) else {
      return nil
    }
    return places(in: locations).map { "\($0)/\(unpacked)" }.first(where: FileReader.exists)
  }

  /// Data sets may call their files alike, as Fashion-MNIST does after MNIST: what lies in a data
  /// set's own folder is taken first, wherever that is.
  private func places(in locations: DataLocations) -> [String] {
    locations.folders.map { "\($0)/\(name)" } + locations.folders
  }

  /// Whether every file is somewhere, be it whole or damaged.
  package func isPresent(in locations: DataLocations) -> Bool {
    locate(in: locations).allSatisfy { $0.found != nil } || unpackedFolder(in: locations) != nil
  }

  /// Finds every file and compares its size and SHA-256; a damaged file is never passed over.
  @discardableResult
  package func verify(in locations: DataLocations) throws(DataFileError) -> [LocatedFile] {
    var verified: [LocatedFile] = []
    for (file, located) in locate(in: locations) {
      guard let located else { throw missing(file, in: locations) }
      try located.verify()
      verified.append(located)
    }
    return verified
  }

  private func missing(_ file: DataSetFile, in locations: DataLocations) -> DataFileError {
    let folders = locations.folders.map { "‘\($0)’" }.joined(separator: ", ")
    let forms =
      file.packed == file.plain ? [file.packed.name] : [file.packed.name, file.plain.name]
    let names = (forms.map { "‘\($0)’" } + [unpacked.map { "a folder ‘\($0)’" }].compactMap { $0 })
      .joined(separator: " or ")
    return DataFileError(
      file: file.packed.name, problem: "of the data set ‘\(name)’ is missing",
      found: "no such file in \(folders.isEmpty ? "any folder, since none was given" : folders)",
      expected: "\(names) there or in ‘\(name)’ below",
      hint: "‘pipeline data fetch \(name)’ downloads it; ‘--data DIR’ says where it is")
  }
}

/// One file of a data set in the two forms it may have on disk.
package struct DataSetFile: Hashable, Sendable {
  /// Name, size and digest of one form of a file.
  package struct Facts: Hashable, Sendable {
    /// The file's name without folders.
    package let name: String
    /// Its size.
    package let bytes: Int
    /// Its SHA-256 in lower-case hexadecimal digits.
    package let sha256: String

    /// Compares the size and the SHA-256 of content that was unpacked from a file.
    package func verify(_ content: [UInt8], from file: String) throws(DataFileError) {
      let digest = SHA256.hex(of: content)
      guard content.count == bytes && digest == sha256 else {
        throw DataFileError(
          file: file, problem: "does not hold ‘\(name)’ as it should be",
          found: "\(content.count) bytes, SHA-256 \(digest)",
          expected: "\(bytes) bytes, SHA-256 \(sha256)",
          hint: "remove it and run ‘pipeline data fetch’, or give another folder with ‘--data’")
      }
    }
  }

  /// As it is downloaded.
  package let packed: Facts
  /// As it is after unpacking.
  package let plain: Facts

  /// A file in both forms.
  package init(packed: Facts, plain: Facts) {
    self.packed = packed
    self.plain = plain
  }

  /// A file that has one form only.
  package init(_ facts: Facts) { self.init(packed: facts, plain: facts) }
}

/// A file of a data set that was found on disk, not yet read.
package struct LocatedFile: Hashable, Sendable {
  /// Which file it is.
  package let file: DataSetFile
  /// What is known about the form it was found in.
  package let facts: DataSetFile.Facts
  /// Where it was found.
  package let path: String

  /// Compares size and SHA-256 with what they must be.
  package func verify() throws(DataFileError) {
    let size = try FileReader.size(of: path)
    let digest = try SHA256.hex(ofFile: path)
    guard size == facts.bytes && digest == facts.sha256 else {
      throw DataFileError(
        file: path, problem: "is damaged or is another file of that name",
        found: "\(size) bytes, SHA-256 \(digest)",
        expected: "\(facts.bytes) bytes, SHA-256 \(facts.sha256)",
        hint: "remove it if it is damaged, and run ‘pipeline data fetch’; or give another folder"
          + " with ‘--data’")
    }
  }
}
