import ClaimFormats
import DurableExecution
import Foundation
package import Logging
import Synchronization

/// The program's log, on the standard error stream: lines for people, or a JSON object a line.
package enum ProgramLog {
  package enum Form: String, CaseIterable, Sendable {
    case text, json
  }

  private static let form = Mutex(Form.text)

  /// Selects the form of loggers that are made from now on. Call this before any logger is made.
  package static func use(_ form: Form) { self.form.withLock { $0 = form } }

  package static func logger(_ label: String, level: Logger.Level = .notice) -> Logger {
    let form = form.withLock { $0 }
    var logger = Logger(label: label) { label -> any LogHandler in
      switch form {
      case .text: StreamLogHandler.standardError(label: label)
      case .json: JSONLogHandler(label: label)
      }
    }
    logger.logLevel = level
    return logger
  }
}

/// Writes each event as a JSON object on a line of its own, in one call, so that processes may share the stream.
struct JSONLogHandler: LogHandler {
  let label: String
  /// Writes a whole line.
  private let write: @Sendable ([UInt8]) -> Void
  var metadata = Logger.Metadata()
  var metadataProvider: Logger.MetadataProvider?
  var logLevel = Logger.Level.notice

  init(
    label: String,
    to write: @escaping @Sendable ([UInt8]) -> Void = { FileHandle.standardError.write(Data($0)) }
  ) {
    (self.label, self.write) = (label, write)
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let metadata = metadata.merging(metadataProvider?.get() ?? [:]) { $1 }.merging(event.metadata ?? [:]) { $1 }
    let line = OrderedJSON.line {
      $0.object { json in
        json.member("at", Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
        json.member("level", event.level.rawValue)
        json.member("log", label)
        json.member("message", "\(event.message)")
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) { json.member(name, "\(value)") }
      }
    }
    write(line)
  }
}
