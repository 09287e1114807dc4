import ClaimsDomain

/// Writes and counts the segments between ST and SE.
struct X12TransactionWriter {
  private(set) var bytes: [UInt8] = []
  private(set) var segments = 0

  /// Writes a segment. Trailing elements without text are omitted together with their separators (X12.6, 3.5.1).
  ///
  /// - Throws: `X12WriteError` when a required element has no text, or a value would have to be truncated.
  mutating func segment(_ name: String, _ elements: X12Element...) throws(X12WriteError) {
    try segment(name, elements)
  }

  mutating func segment(_ name: String, _ elements: [X12Element]) throws(X12WriteError) {
    let start = bytes.count
    bytes += name.utf8
    var end = bytes.count
    do throws(X12WriteError) {
      for (index, element) in elements.enumerated() {
        bytes.append(UInt8(ascii: "*"))
        let before = bytes.count
        try write(element, of: name, at: index + 1)
        if bytes.count > before { end = bytes.count }
      }
    } catch {
      bytes.removeSubrange(start...)
      throw error
    }
    bytes.removeSubrange(end...)
    bytes += "~\n".utf8
    segments += 1
  }

  private mutating func write(_ element: X12Element, of segment: String, at position: Int) throws(X12WriteError) {
    switch element {
    case .empty: break
    case .amount(let amount): bytes += amount.description.utf8
    case .units(let units): bytes += units.description.utf8
    case .number(let number): bytes += String(number).utf8
    case .day(let day): bytes += day.basic.utf8
    case .id(let text, let limit):
      let clean = X12Text.bytes(text)
      guard !clean.isEmpty else { throw .missing(segment: segment, element: position) }
      guard clean.count <= limit else { throw .tooLong(segment: segment, element: position, limit: limit) }
      bytes += clean
    case .name(let text, let limit):
      var clean = X12Text.bytes(text).prefix(limit)
      while clean.last == UInt8(ascii: " ") { clean = clean.dropLast() }
      guard !clean.isEmpty else { throw .missing(segment: segment, element: position) }
      bytes += clean
    case .composite(let components):
      var end = bytes.count
      for (index, component) in components.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ":")) }
        let before = bytes.count
        try write(component, of: segment, at: position)
        if bytes.count > before { end = bytes.count }
      }
      bytes.removeSubrange(end...)
    }
  }
}

extension CalendarDate {
  /// CCYYMMDD.
  var basic: String { description.replacing("-", with: "") }
}

/// The sender or receiver of an interchange: ISA05 and ISA06, and the name of the application behind it (GS02).
package struct X12Address: Hashable, Sendable {
  /// `ZZ` (mutually defined), `30` (tax number), `27` (Medicare carrier), and others.
  package var qualifier: String
  package var identifier: String
  package var application: String

  package init(qualifier: String = "ZZ", identifier: String, application: String? = nil) {
    self.qualifier = qualifier
    self.identifier = identifier
    self.application = application ?? identifier
  }
}
