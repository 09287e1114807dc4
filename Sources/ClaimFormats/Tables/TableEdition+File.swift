import ClaimsDomain
package import Foundation

/// A few lines of text that say what it is, an empty line, and the content.
extension TableEdition {
  package static let fileEnding = ".table"
  private static let title = "PaidOnce table 1"
  /// No header is near it.
  private static let headerLimit = 4_096

  package var file: Data {
    let fields = [
      Self.title, "kind \(kind.rawValue)", "name \(name)", "first \(days.first)", "last \(days.last)", "rows \(rows)",
      "source \(source)", "sha256 \(digest)", "", "",
    ]
    return Data(fields.joined(separator: "\n").utf8) + content
  }

  /// - Parameter file: As errors show it.
  /// - Throws: `PlanFileError` when it is no such file, or its content is not the one it was kept with.
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
