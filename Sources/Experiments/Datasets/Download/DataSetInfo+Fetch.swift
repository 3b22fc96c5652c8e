import Contract

extension DataSetInfo {
  /// Downloads what is missing into the data set's own folder below `folder`, and returns the paths.
  ///
  /// Files that are there and right are left alone; damaged ones are replaced. A file appears under
  /// its name only when its SHA-256 is right; an interrupted download continues at the next call.
  /// `mirrors` replaces the addresses of the manifest. `progress` is called from other threads.
  @discardableResult
  package func fetch(
    into folder: String, mirrors: [String]? = nil, limits: Download.Limits = .patient,
    progress: @escaping @Sendable (Download.Progress) -> Void = { _ in }
  ) throws(DownloadError) -> [String] {
    var paths: [String] = []
    for file in files {
      let download = Download(
        file: file.packed, mirrors: mirrors ?? self.mirrors, folder: "\(folder)/\(name)",
        limits: limits, progress: progress)
      paths.append(try download.run())
    }
    return paths
  }
}
