package import ClaimsDomain
import Foundation

/// Reads the editions in a published file, zipped or plain.
package struct TableImport {
  /// The setting of NCCI pairs, for files whose name does not state it.
  package var setting: CodeEditSetting?
  /// The first and last days, to use instead of those that the file states.
  package var first: CalendarDate?
  package var last: CalendarDate?

  package init(setting: CodeEditSetting? = nil, first: CalendarDate? = nil, last: CalendarDate? = nil) {
    self.setting = setting
    self.first = first
    self.last = last
  }

  /// The result of reading a file.
  package struct Found {
    package let editions: [TableEdition]
    /// The files of an archive that are not tables: the same content as a spreadsheet, or a description.
    package let passedOver: [String]
  }

  /// Whether a file is a published table, or an archive that may have one.
  package static func recognizes(_ bytes: [UInt8], name: String) -> Bool {
    ZipArchive.isArchive(bytes) || !TableRecognition(MemoryBytes(bytes), name: name).findings.isEmpty
  }

  /// - Parameter name: The file's name, which may state the days and the setting.
  /// - Throws: `PlanFileError` if nothing in the file is a table, or for the first error in a table.
  package func read(_ bytes: [UInt8], name: String) throws(PlanFileError) -> Found {
    var editions: [TableEdition] = []
    var passedOver: [String] = []
    if ZipArchive.isArchive(bytes) {
      let archive = ZipArchive(bytes, file: name)
      for entry in try archive.entries() {
        let found = try self.editions(of: try archive.content(of: entry), name: entry.name, within: name)
        editions += found
        if found.isEmpty { passedOver.append(entry.name) }
      }
    } else {
      editions = try self.editions(of: bytes, name: name)
    }
    guard !editions.isEmpty else {
      throw PlanFileError(
        file: name, reason: "it is none of the tables that are known",
        advice:
          "give an RVU, GPCI, locality, NCCI PTP, add-on, MUE, ICD-10-CM, place of service, CARC or RARC file as CMS "
          + "publishes it, as text or CSV, or the zip it comes in")
    }
    return Found(editions: editions, passedOver: passedOver)
  }

  private func editions(
    of bytes: [UInt8], name: String, within archive: String? = nil
  ) throws(PlanFileError) -> [TableEdition] {
    let source = MemoryBytes(bytes)
    var editions: [TableEdition] = []
    for finding in TableRecognition(source, name: name).findings {
      let kind: TableKind =
        switch finding {
        case .table(let kind): kind
        case .pairs: .pairs(try pairSetting(of: name))
        }
      editions.append(try edition(of: kind, bytes, name: name, within: archive))
    }
    return editions
  }

  private func edition(
    of kind: TableKind, _ bytes: [UInt8], name: String, within archive: String?
  ) throws(PlanFileError) -> TableEdition {
    let published = try firstDay(of: kind, bytes, name: name, within: archive)
    let days = try days(of: kind, from: published, name: name)
    let part = kind == .practitionerPairs || kind == .hospitalPairs ? PublicationDate.part(in: Self.stem(name)) : nil
    let words = [kind.rawValue, published?.description, part.map { "f\($0)" }].compactMap(\.self)
    let table = try TableReader(MemoryBytes(bytes), name: name).read(kind, on: days.first)
    return TableEdition(
      kind: kind, name: words.joined(separator: "-"), days: days, rows: table.rows,
      source: archive.map { "\($0)/\(name)" } ?? name, content: Data(table.packed ?? bytes))
  }

  /// The first day of the edition; nil for a list that is for every day.
  private func firstDay(
    of kind: TableKind, _ bytes: [UInt8], name: String, within archive: String?
  ) throws(PlanFileError) -> CalendarDate? {
    if let first { return first }
    let title = String(decoding: bytes.prefix(600), as: UTF8.self)
    let texts = [Self.stem(name), title, archive.map(Self.stem) ?? ""]
    guard !kind.isUndated else { return nil }
    for text in texts {
      if let day = kind.firstDay(published: PublicationDate(in: text)) { return day }
    }
    throw PlanFileError(
      file: name, reason: "it does not say from which day it counts", advice: "give the day with --from YYYY-MM-DD")
  }

  private func days(
    of kind: TableKind, from published: CalendarDate?, name: String
  ) throws(PlanFileError) -> DateRange {
    guard let natural = published.map(kind.days) ?? DateRange(Self.always, through: .openEnd),
      let days = DateRange(first ?? natural.first, through: last ?? natural.last)
    else {
      throw PlanFileError(
        file: name, reason: "its last day lies before its first", advice: "check --from and --through")
    }
    return days
  }

  private func pairSetting(of name: String) throws(PlanFileError) -> CodeEditSetting {
    if let setting { return setting }
    let name = name.lowercased()
    if ["ccioph", "hospital", "oph"].contains(where: name.contains) { return .outpatientHospital }
    if ["ccipra", "practitioner", "phys"].contains(where: name.contains) { return .practitioner }
    throw PlanFileError(
      file: name, reason: "it does not say whose pairs these are",
      advice: "give --setting practitioner or --setting outpatient-hospital")
  }

  /// A day before any claim.
  private static let always = CalendarDate(year: 1900, month: 1, day: 1) ?? .openEnd

  private static func stem(_ name: String) -> String {
    let file = name.split(separator: "/").last.map(String.init) ?? name
    return file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
  }
}
