package import Foundation

/// The lines of standard input, as they come. Reading waits on a thread of its own.
package struct LineStream: Sendable {
  /// The most bytes of a line: a file of claims fits, escaped as a text.
  private static let limit = 128 * 1024 * 1024

  package let lines: AsyncStream<[UInt8]>

  package init(reading file: FileHandle = .standardInput) {
    lines = AsyncStream { continuation in
      let thread = Thread {
        var kept: [UInt8] = []
        while kept.count <= Self.limit {
          let piece = file.availableData
          guard !piece.isEmpty else { break }
          kept += piece
          while let end = kept.firstIndex(of: UInt8(ascii: "\n")) {
            continuation.yield(Array(kept[..<end]))
            kept.removeSubrange(...end)
          }
        }
        if !kept.isEmpty { continuation.yield(kept) }
        continuation.finish()
      }
      thread.start()
    }
  }
}

extension MCPServer {
  /// Answers every line, a few at once, until the input ends and all answers are written.
  ///
  /// - Parameter write: writes an answer's line. It is called by one task at a time.
  package func run(over lines: AsyncStream<[UInt8]>, write: @escaping @Sendable ([UInt8]) -> Void) async {
    let writer = LineWriter(write: write)
    await withDiscardingTaskGroup { group in
      for await line in lines where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) {
        group.addTask {
          if let answer = await self.answer(line) { await writer.write(answer + [UInt8(ascii: "\n")]) }
        }
      }
    }
  }
}

/// Writes one line at a time.
private actor LineWriter {
  private let out: @Sendable ([UInt8]) -> Void

  init(write: @escaping @Sendable ([UInt8]) -> Void) {
    out = write
  }

  func write(_ line: [UInt8]) { out(line) }
}
