import ClaimFormats

/// The tools with a sandbox around them, as the steps of reading a page need them.
struct PageWorkshop: Sendable {
  let sandbox: Sandbox

  var limits: PageLimits { sandbox.limits }

  /// When a file that is begun now must be done.
  func deadline() -> ContinuousClock.Instant { sandbox.clock.now.advanced(by: .seconds(limits.fileSeconds)) }

  /// Cuts a part out of a page's picture.
  func cut(
    _ box: PageBox, of image: [UInt8], pixelsPerInch: Int, page: Int
  ) async throws(FileFault) -> [UInt8] {
    let scale = Double(pixelsPerInch) / 72
    let corners = [box.left, box.top, box.right, box.bottom].map { $0 * scale }
    guard corners.allSatisfy({ $0.isFinite && abs($0) < 1_000_000 }), box.right > box.left, box.bottom > box.top else {
      throw FileFault(what: "page \(page): a part without an area was asked for", advice: "ask for a part of the page")
    }
    let pixels = [
      corners[0].rounded(.down), corners[1].rounded(.down), corners[2].rounded(.up), corners[3].rounded(.up),
    ]
    .map { "\(max(0, Int($0)))" }
    return try await run(.image, ["cut", WorkFolder.fileName] + pixels, on: image, page: page, until: deadline())
  }

  /// Makes a page of a picture file upright and straight.
  ///
  /// - Parameters:
  ///   - index: the page's number in that file, from one.
  ///   - page: its number in the sender's file.
  ///   - quarters: by how many quarters of a turn, clockwise.
  func straighten(
    _ bytes: [UInt8], index: Int, page: Int, quarters: Int = 0, until deadline: ContinuousClock.Instant
  ) async throws(FileFault) -> StraightPage {
    let arguments = ["page", WorkFolder.fileName, "\(index)", "\(quarters)", "\(limits.pixels)"]
    let output = try await run(.image, arguments, on: bytes, page: page, until: deadline)
    guard let straight = StraightPage(output, wordLimit: limits.words) else { throw garbage(.image, page: page) }
    return straight
  }

  /// Runs a tool, and says what a failure means to who sent the file.
  func run(
    _ tool: PageTool, _ arguments: [String], on bytes: [UInt8], page: Int?, until deadline: ContinuousClock.Instant
  ) async throws(FileFault) -> [UInt8] {
    try await run(tool, arguments, on: [WorkFolder.fileName: bytes], page: page, until: deadline)
  }

  func run(
    _ tool: PageTool, _ arguments: [String], on files: [String: [UInt8]], page: Int?,
    until deadline: ContinuousClock.Instant
  ) async throws(FileFault) -> [UInt8] {
    do {
      return try await sandbox.run(tool, arguments, on: files, until: deadline)
    } catch {
      throw error.fault(onPage: page)
    }
  }

  func garbage(_ tool: PageTool, page: Int?) -> FileFault {
    ToolFailure(tool: tool, reason: .garbage).fault(onPage: page)
  }
}
