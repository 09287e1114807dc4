package import ClaimFormats
package import ClaimOperations
package import ClaimStore
package import ClaimsDomain
import Foundation
import PageReading

/// Reads paper forms with the tools of this machine. The tools are located when the first form arrives, so they need not be
/// installed where there are no forms.
package actor PaperPages: FormSource {
  private let forms: FormReader
  private var tools: PageTools?
  /// The number of further files that may be read at the same time. Each takes a processor.
  private var places: Int
  private var line: [CheckedContinuation<Void, Never>] = []

  /// - Parameter tables: the tables in which codes must be.
  package init(
    tables: ReferenceTables = .none, places: Int = max(1, ProcessInfo.processInfo.activeProcessorCount / 2)
  ) {
    forms = FormReader(tables: tables)
    self.places = places
  }

  package func forms(in bytes: [UInt8]) async throws(FileFault) -> FoundForms {
    let reader = try await reader()
    await takePlace()
    defer { leavePlace() }
    let file = try await reader.file(bytes)
    let found = try forms.found(on: file.pages.map(\.page), unreadable: file.faults.map(\.page))
    let read = found.readings.map { reading in
      FoundForm(
        reading: reading, pages: file.pages.filter { reading.pages.contains($0.page.number) }.map(FormPageImage.init))
    }
    return FoundForms(read, faults: file.faults.map(\.fault) + found.faults)
  }

  package func crop(_ box: PageBox, of page: FormPageImage) async throws(FileFault) -> [UInt8] {
    let reader = try await reader()
    return try await reader.crop(box, of: page.image, pixelsPerInch: page.pixelsPerInch, page: page.page)
  }

  private func reader() async throws(FileFault) -> PageReader {
    if let tools { return PageReader(tools: tools) }
    do {
      let found = try await PageTools()
      tools = found
      return PageReader(tools: found)
    } catch {
      throw error.fault
    }
  }

  private func takePlace() async {
    guard places == 0 else {
      places -= 1
      return
    }
    await withCheckedContinuation { line.append($0) }
  }

  private func leavePlace() {
    guard line.isEmpty else { return line.removeFirst().resume() }
    places += 1
  }
}

extension FormPageImage {
  fileprivate init(_ page: ReadPage) {
    self.init(
      page: page.page.number, width: Self.thousandths(page.page.width), height: Self.thousandths(page.page.height),
      pixelsPerInch: page.pixelsPerInch, image: page.image)
  }

  private static func thousandths(_ points: Double) -> Int { Int((points * 1_000).rounded()) }
}
