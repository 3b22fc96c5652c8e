import Foundation
import Synchronization
import Testing

@testable import Contract
@testable import Datasets

@Suite(.timeLimit(.minutes(1))) struct DownloadTests {
  private static let content = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
  private static let facts = DataSetFile.Facts(
    name: "digits.gz", bytes: content.count, sha256: SHA256.hex(of: content))
  private static let quick = Download.Limits(contact: 0.5, idle: 0.5)
  private static let calm = Download.Limits(contact: 20, idle: 20)

  private let scratch: ScratchFolder
  private var target: String { "\(scratch.path)/digits.gz" }

  init() throws { scratch = try ScratchFolder() }

  private func download(
    from mirrors: [String], limits: Download.Limits = calm,
    progress: @escaping @Sendable (Download.Progress) -> Void = { _ in }
  ) throws(DownloadError) {
    _ = try Download(
      file: Self.facts, mirrors: mirrors, folder: scratch.path, limits: limits, progress: progress
    ).run()
  }

  private func expectWhole() throws {
    #expect(try SHA256.hex(ofFile: target) == Self.facts.sha256)
    #expect(try scratch.names() == ["digits.gz"], "no part may be left beside the file")
  }

  @Test func aGoodFileArrivesAndProgressEndsAtItsSize() throws {
    let server = try LoopbackServer(.file(Self.content))
    defer { server.stop() }
    let seen = Mutex<[Int]>([])
    try download(from: [server.url]) { progress in
      #expect(progress.total == Self.content.count)
      seen.withLock { $0.append(progress.bytes) }
    }
    try expectWhole()
    let bytes = seen.withLock { $0 }
    #expect(bytes.last == Self.content.count)
    #expect(bytes == bytes.sorted())
  }

  @Test func aRightFileIsNotFetchedAgain() throws {
    try scratch.write(Self.content, as: "digits.gz")
    try download(from: [LoopbackServer.refusingURL()])
    try expectWhole()
  }

  @Test func aDamagedFileIsReplaced() throws {
    try scratch.write(Array(Self.content.dropLast()) + [0], as: "digits.gz")
    let server = try LoopbackServer(.file(Self.content))
    defer { server.stop() }
    try download(from: [server.url])
    try expectWhole()
  }

  @Test func aWrongFileNeverGetsTheName() throws {
    let wrong = [UInt8](repeating: 7, count: Self.content.count)
    let server = try LoopbackServer(.file(wrong))
    defer { server.stop() }
    let error = #expect(throws: DownloadError.self) { try download(from: [server.url]) }
    #expect(
      error?.failures == [
        .wrongDigest(
          url: "\(server.url)/digits.gz", found: SHA256.hex(of: wrong), expected: Self.facts.sha256)
      ])
    #expect(error?.isNoNetwork == false)
    #expect(!FileReader.exists(target))
    #expect(error?.description.contains(Self.facts.sha256) == true)
  }

  @Test(arguments: [-1, 1])
  func aFileOfTheWrongSizeIsRefused(difference: Int) throws {
    let wrong = difference < 0 ? Array(Self.content.dropLast()) : Self.content + [0]
    let server = try LoopbackServer(.file(wrong))
    defer { server.stop() }
    let error = #expect(throws: DownloadError.self) { try download(from: [server.url]) }
    guard case .wrongSize(_, let found, Self.content.count)? = error?.failures.first else {
      Issue.record("a wrong size was reported as \(String(describing: error))")
      return
    }
    #expect((found - Self.content.count).signum() == difference)
    #expect(!FileReader.exists(target))
  }

  @Test func aCutConnectionIsContinuedWhereItEnded() throws {
    let server = try LoopbackServer(.cut(Self.content, after: 100_000), .file(Self.content))
    defer { server.stop() }
    try download(from: [server.url])
    try expectWhole()
    #expect(server.ranges == [nil, "bytes=100000-"])
  }

  @Test func aDownloadIsContinuedInTheNextRun() throws {
    try scratch.write(Array(Self.content[..<77_777]), as: "digits.gz.part")
    let server = try LoopbackServer(.file(Self.content))
    defer { server.stop() }
    try download(from: [server.url])
    try expectWhole()
    #expect(server.ranges == ["bytes=77777-"])
  }

  @Test func aServerThatIgnoresRangesSendsTheWholeAgain() throws {
    let server = try LoopbackServer(
      .cut(Self.content, after: 100_000), .fileIgnoringRange(Self.content))
    defer { server.stop() }
    try download(from: [server.url])
    try expectWhole()
    #expect(server.ranges.count == 2)
  }

  @Test func aPartOfAnotherFileIsThrownAway() throws {
    try scratch.write([UInt8](repeating: 1, count: 1000), as: "digits.gz.part")
    let server = try LoopbackServer(.file(Self.content))
    defer { server.stop() }
    try download(from: [server.url])
    try expectWhole()
    #expect(server.ranges == ["bytes=1000-", nil])
  }

  @Test func aServerThatCannotContinueIsAskedForTheWhole() throws {
    try scratch.write(Array(Self.content[..<5000]), as: "digits.gz.part")
    let server = try LoopbackServer(.status(416), .file(Self.content))
    defer { server.stop() }
    try download(from: [server.url])
    try expectWhole()
    #expect(server.ranges == ["bytes=5000-", nil])
  }

  @Test func theSecondMirrorHelpsOut() throws {
    let (empty, full) = (
      try LoopbackServer(.status(404)), try LoopbackServer(.file(Self.content))
    )
    defer {
      empty.stop()
      full.stop()
    }
    try download(from: [empty.url, full.url])
    try expectWhole()
    #expect(empty.ranges.count == 1)
  }

  @Test func aStatusIsReportedWithItsAddress() throws {
    let server = try LoopbackServer(.status(404))
    defer { server.stop() }
    let error = #expect(throws: DownloadError.self) { try download(from: [server.url]) }
    #expect(error?.failures == [.status(url: "\(server.url)/digits.gz", code: 404)])
    #expect(error?.isNoNetwork == false)
    #expect(try scratch.names().allSatisfy { $0.hasPrefix("digits.gz.part") })
  }

  @Test func aRefusedConnectionIsNoNetwork() throws {
    let url = try LoopbackServer.refusingURL()
    let error = #expect(throws: DownloadError.self) { try download(from: [url]) }
    #expect(error?.failures == [.refused(url: "\(url)/digits.gz")])
    #expect(error?.isNoNetwork == true)
  }

  @Test func anUnknownHostIsNoNetwork() {
    let error = #expect(throws: DownloadError.self) {
      try download(from: ["http://no-such-host.invalid/x"])
    }
    #expect(error?.isNoNetwork == true)
  }

  @Test func hostsThatHangShareOneLimit() throws {
    let server = try LoopbackServer(.hang)
    defer { server.stop() }
    let error = #expect(throws: DownloadError.self) {
      try download(from: [server.url, server.url], limits: Self.quick)
    }
    let waited = error?.failures.map { failure in
      if case .timedOut(_, let seconds, received: 0) = failure { seconds } else { Double.infinity }
    }
    #expect(waited?.count == 2)
    #expect((waited?.reduce(0, +) ?? .infinity) <= Self.quick.contact)
    #expect(error?.isNoNetwork == true)
  }

  @Test func aTransferThatStallsIsContinuedElsewhere() throws {
    let (stalling, good) = (
      try LoopbackServer(.stall(Self.content, after: 1000)),
      try LoopbackServer(.file(Self.content))
    )
    defer {
      stalling.stop()
      good.stop()
    }
    try download(from: [stalling.url, good.url], limits: .init(contact: 20, idle: 0.3))
    try expectWhole()
    #expect(good.ranges == ["bytes=1000-"])
  }

  @Test func promisesWithoutAFileCountAsNoNetwork() throws {
    let server = try LoopbackServer(.stall(Self.content, after: 0))
    defer { server.stop() }
    let error = #expect(throws: DownloadError.self) {
      try download(from: [server.url], limits: .init(contact: 0.3, idle: 20))
    }
    #expect(
      error?.failures == [.timedOut(url: "\(server.url)/digits.gz", seconds: 0.3, received: 0)])
    #expect(error?.isNoNetwork == true)
  }

  @Test func aFailedDownloadLeavesItsPartToTheNext() throws {
    let server = try LoopbackServer(
      .stall(Self.content, after: 1000), .file(Self.content))
    defer { server.stop() }
    let error = #expect(throws: DownloadError.self) {
      try download(from: [server.url], limits: .init(contact: 20, idle: 0.3))
    }
    #expect(
      error?.failures == [.timedOut(url: "\(server.url)/digits.gz", seconds: 0.3, received: 1000)]
    )
    #expect(error?.isNoNetwork == false)
    try download(from: [server.url])
    try expectWhole()
    #expect(server.ranges == [nil, "bytes=1000-"])
  }

  @Test func twoDownloadsAtOnceDoNotDisturbEachOther() throws {
    let server = try LoopbackServer(.file(Self.content))
    defer { server.stop() }
    let held = try PartFile(for: target)
    try Array(Self.content[..<10]).withUnsafeBytes { try held.append($0) }
    try download(from: [server.url])
    #expect(try SHA256.hex(ofFile: target) == Self.facts.sha256)
    #expect(try scratch.names() == ["digits.gz", "digits.gz.part"], "a held part is not removed")
    #expect(server.ranges == [nil], "the part of another process is not continued")
  }

  @Test func aFolderThatCannotBeMadeIsTheDisksFault() throws {
    let file = try scratch.write([1], as: "file")
    let error = #expect(throws: DownloadError.self) {
      _ = try Download(
        file: Self.facts, mirrors: ["http://127.0.0.1:1"], folder: "\(file)/below",
        limits: Self.calm, progress: { _ in }
      ).run()
    }
    #expect(error?.isDisk == true)
    #expect(error?.isNoNetwork == false)
    #expect(error?.description.contains("\(file)/below") == true)
  }

  @Test func aDataSetIsFetchedIntoItsOwnFolder() throws {
    let server = try LoopbackServer(.file(Self.content))
    defer { server.stop() }
    let info = DataSetInfo(
      name: "toy", summary: "", citation: "", licence: "",
      files: [DataSetFile(packed: Self.facts, plain: Self.facts)], mirrors: [])
    let locations = DataLocations([scratch.path])
    #expect(!info.isPresent(in: locations))
    #expect(
      try info.fetch(into: scratch.path, mirrors: [server.url]) == [
        "\(scratch.path)/toy/digits.gz"
      ])
    #expect(try info.verify(in: locations).map(\.path) == ["\(scratch.path)/toy/digits.gz"])
  }
}
