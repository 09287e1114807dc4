package import ClaimsDomain
import Crypto
package import Foundation

/// One edition of a published table as a ruleset stores it: its kind, the days it is for, and its content. An edition
/// is immutable: its name always means the same content.
package struct TableEdition: Hashable, Sendable {
  package let kind: TableKind
  /// The name, `mpfs-2025-01-01`, which is also the name of its file.
  package let name: String
  /// The days of service that the edition is for.
  package let days: DateRange
  package let rows: Int
  /// The file that it was imported from.
  package let source: String
  /// SHA-256 of the content, as 64 hex digits.
  package let digest: String
  /// The content as published; pairs, about a million, are packed (`ProcedureToProcedureEdits.packed`).
  package let content: Data

  init(kind: TableKind, name: String, days: DateRange, rows: Int, source: String, content: Data) {
    self.kind = kind
    self.name = name
    self.days = days
    self.rows = rows
    // The source is written on its own line, and an archive may give its files any names.
    self.source = source.withoutControls
    self.content = content
    digest = SHA256.hash(data: content).hex
  }

  /// The text that a ruleset's digest covers, which leaves out the source.
  package var seal: String { "\(kind.rawValue) \(name) \(days.first) \(days.last) \(digest)" }
}

extension String {
  /// The text with `?` for each control character, which could end a line or move a terminal's cursor.
  var withoutControls: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
  }
}

/// The file of an edition: a few lines of text that describe it, an empty line, and the content.
extension TableEdition {
  package static let fileEnding = ".table"
  private static let title = "PaidOnce table 1"
  /// The maximum length of a header in bytes, far above that of any real one.
  private static let headerLimit = 4_096

  package var file: Data {
    let fields = [
      Self.title, "kind \(kind.rawValue)", "name \(name)", "first \(days.first)", "last \(days.last)", "rows \(rows)",
      "source \(source)", "sha256 \(digest)", "", "",
    ]
    return Data(fields.joined(separator: "\n").utf8) + content
  }

  /// - Parameter file: The name of the file in errors.
  /// - Throws: `PlanFileError` if the data is not such a file, or its content does not match its digest.
  package init(reading data: Data, file: String) throws(PlanFileError) {
    let head = data.prefix(Self.headerLimit)
    guard let end = head.firstRange(of: Data("\n\n".utf8)) else { throw Self.notATable(file) }
    let lines = String(decoding: head[..<end.lowerBound], as: UTF8.self).split(separator: "\n")
    var fields: [Substring: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: " ", maxSplits: 1)
      if parts.count == 2 { fields[parts[0]] = String(parts[1]) }
    }
    guard lines.first.map(String.init) == Self.title, let kind = fields["kind"].flatMap(TableKind.init(rawValue:)),
      let name = fields["name"], let first = fields["first"].flatMap({ CalendarDate(parsing: $0) }),
      let last = fields["last"].flatMap({ CalendarDate(parsing: $0) }), let days = DateRange(first, through: last),
      let rows = fields["rows"].flatMap(Int.init), let digest = fields["sha256"]
    else { throw Self.notATable(file) }
    self.init(
      kind: kind, name: name, days: days, rows: rows, source: fields["source"] ?? "",
      content: data[end.upperBound...])
    guard self.digest == digest else {
      throw PlanFileError(
        file: file, reason: "the table is not what was imported: its content has been changed",
        advice: "put the file back as it was, or remove it and import the published file again")
    }
  }

  private static func notATable(_ file: String) -> PlanFileError {
    PlanFileError(file: file, reason: "this is no table that was imported", advice: "use `claims rules import`")
  }
}

/// The bytes of a file, in memory or memory-mapped.
struct DataBytes: ClaimBytes {
  let data: Data

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    let count = max(0, min(data.count - offset, buffer.count))
    if count > 0 {
      let start = data.startIndex + offset
      data.copyBytes(to: buffer, from: start..<start + count)
    }
    return count
  }
}
