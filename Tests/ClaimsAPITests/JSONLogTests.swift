import Foundation
import Logging
import Synchronization
import Testing

@testable import ClaimsApp

@Suite("A log in JSON is an object a line, whatever is logged")
struct JSONLogTests {
  private final class Sink: Sendable {
    let bytes = Mutex<[UInt8]>([])
  }

  @Test("each event is one line with its level, its log, its words and what belongs to it")
  func lines() throws {
    let sink = Sink()
    var logger = Logger(label: "serve") { label in
      JSONLogHandler(label: label) { bytes in sink.bytes.withLock { $0 += bytes } }
    }
    logger[metadataKey: "caller"] = "clinic"
    logger.info("not asked for")
    logger.notice("refused: \"x\"\nISA*00\u{1B}[31m", metadata: ["route": "/v1/claims/{id}"])
    logger.error("and\u{2028}again")
    let lines = sink.bytes.withLock { $0 }.split(separator: UInt8(ascii: "\n"))
    #expect(lines.count == 2)
    let first = try #require(try JSONSerialization.jsonObject(with: Data(lines[0])) as? [String: String])
    #expect(first["level"] == "notice" && first["log"] == "serve")
    #expect(first["message"] == "refused: \"x\"\nISA*00\u{1B}[31m", "as it was, escaped")
    #expect(first["caller"] == "clinic" && first["route"] == "/v1/claims/{id}")
    #expect(first["at"]?.hasSuffix("Z") == true)
    #expect(lines[0].allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "no control characters")
  }
}
