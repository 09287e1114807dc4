package import ClaimsDomain
import Crypto

/// Writes one interchange with one functional group. The counts and control numbers of the trailers always match what
/// was written.
struct X12InterchangeWriter {
  private let envelope: X12Envelope
  private let kind: X12TransactionKind
  private let header: [UInt8]
  private var body: [UInt8] = []
  private var transactions = 0
  private var isHeaderOut = false
  private let firstTransaction: X12ControlNumber

  /// - Parameter firstTransaction: ST02 of the first transaction; the others count up from it.
  /// - Throws: `X12WriteError` when an address does not fit in ISA or GS.
  init(
    _ envelope: X12Envelope, _ kind: X12TransactionKind, firstTransaction: X12ControlNumber
  ) throws(X12WriteError) {
    self.envelope = envelope
    self.kind = kind
    self.firstTransaction = firstTransaction
    var header = X12TransactionWriter()
    let (sender, receiver) = (envelope.sender, envelope.receiver)
    try header.segment(
      "GS", .code(kind.functionalIdentifier), .id(sender.application, 15), .id(receiver.application, 15),
      .day(envelope.written.date), .code(envelope.written.time), .number(envelope.groupControl.value), .code("X"),
      .id(kind.guide, 12))
    self.header = try Self.isa(envelope) + header.bytes
  }

  private static func isa(_ envelope: X12Envelope) throws(X12WriteError) -> [UInt8] {
    let (sender, receiver) = (envelope.sender, envelope.receiver)
    // ISA is the only segment with fixed widths and padding, so it is not written like the others.
    let isa = [
      "ISA", "00", Self.padded("", to: 10), "00", Self.padded("", to: 10),
      try Self.fixed(sender.qualifier, width: 2, element: 5), try Self.fixed(sender.identifier, width: 15, element: 6),
      try Self.fixed(receiver.qualifier, width: 2, element: 7),
      try Self.fixed(receiver.identifier, width: 15, element: 8), String(envelope.written.date.basic.dropFirst(2)),
      envelope.written.time, "^", "00501", envelope.interchangeControl.padded(to: 9), "0",
      envelope.isProduction ? "P" : "T", ":",
    ]
    return Array(isa.joined(separator: "*").utf8) + Array("~\n".utf8)
  }

  /// Returns an interchange that only reports the fault of another interchange's envelope (TA1).
  static func acknowledgment(
    of fault: X12Interchange.Fault, in interchange: X12Interchange, _ envelope: X12Envelope
  ) throws(X12WriteError) -> [UInt8] {
    var body = X12TransactionWriter()
    try body.segment(
      "TA1", .id(interchange.control, 9), .id(interchange.day, 6), .id(interchange.time, 4),
      .code(fault.isRejected ? "R" : "E"), .code(fault.note.rawValue))
    return try isa(envelope) + body.bytes + Array("IEA*0*\(envelope.interchangeControl.padded(to: 9))~\n".utf8)
  }

  /// - Throws: `X12WriteError` when something cannot be written, in which case the interchange is unchanged.
  mutating func transaction(
    _ write: (inout X12TransactionWriter) throws(X12WriteError) -> Void
  ) throws(X12WriteError) {
    let number = firstTransaction.value + transactions
    let control = X12ControlNumber(number)?.padded(to: 4) ?? String(number)
    var writer = X12TransactionWriter()
    try writer.segment("ST", .code(kind.identifier), .id(control, 9), .idIfAny(kind.convention, 35))
    try write(&writer)
    try writer.segment("SE", .number(writer.segments + 1), .id(control, 9))
    body += writer.bytes
    transactions += 1
  }

  /// The interchange, one segment per line, without what `drain` has already returned.
  var bytes: [UInt8] { (isHeaderOut ? [] : header) + body + trailer }

  /// Returns what was written since the last call, so that a long interchange is never held in memory as a whole.
  /// `bytes` is then the rest.
  mutating func drain() -> [UInt8] {
    let part = (isHeaderOut ? [] : header) + body
    isHeaderOut = true
    body = []
    return part
  }

  private var trailer: [UInt8] {
    Array(
      "GE*\(transactions)*\(envelope.groupControl.value)~\nIEA*1*\(envelope.interchangeControl.padded(to: 9))~\n".utf8)
  }

  private static func fixed(_ text: String, width: Int, element: Int) throws(X12WriteError) -> String {
    let clean = String(decoding: X12Text.bytes(text), as: UTF8.self)
    guard !clean.isEmpty else { throw .missing(segment: "ISA", element: element) }
    guard clean.utf8.count <= width else { throw .tooLong(segment: "ISA", element: element, limit: width) }
    return padded(clean, to: width)
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.utf8.count))
  }
}

/// The contents of ISA and GS. An interchange has one functional group.
package struct X12Envelope: Hashable, Sendable {
  package var sender: X12Address
  package var receiver: X12Address
  package var written: X12Moment
  package var interchangeControl: X12ControlNumber
  package var groupControl: X12ControlNumber
  /// ISA15: `P` if true, otherwise `T`.
  package var isProduction: Bool

  package init(
    sender: X12Address, receiver: X12Address, written: X12Moment, interchangeControl: X12ControlNumber,
    groupControl: X12ControlNumber, isProduction: Bool
  ) {
    self.sender = sender
    self.receiver = receiver
    self.written = written
    self.interchangeControl = interchangeControl
    self.groupControl = groupControl
    self.isProduction = isProduction
  }
}

/// The time at which something was written, to the minute. Always passed as a parameter, so that equal input gives
/// equal bytes.
package struct X12Moment: Hashable, Sendable {
  package let date: CalendarDate
  package let hour: Int
  package let minute: Int

  /// Returns nil for an invalid time of day.
  package init?(_ date: CalendarDate, hour: Int, minute: Int) {
    guard (0...23).contains(hour), (0...59).contains(minute) else { return nil }
    self.date = date
    self.hour = hour
    self.minute = minute
  }

  package init(midnightOf date: CalendarDate) {
    self.date = date
    hour = 0
    minute = 0
  }

  /// HHMM.
  var time: String { "\(hour < 10 ? "0" : "")\(hour)\(minute < 10 ? "0" : "")\(minute)" }
}

/// The kinds of transactions written here, each with the guide it follows.
package enum X12TransactionKind: Sendable {
  case remittance
  case implementationAcknowledgment
  case claimAcknowledgment
  case eligibility

  /// ST01.
  var identifier: String {
    switch self {
    case .remittance: "835"
    case .implementationAcknowledgment: "999"
    case .claimAcknowledgment: "277"
    case .eligibility: "271"
    }
  }

  /// GS01.
  var functionalIdentifier: String {
    switch self {
    case .remittance: "HP"
    case .implementationAcknowledgment: "FA"
    case .claimAcknowledgment: "HN"
    case .eligibility: "HB"
    }
  }

  /// GS08.
  var guide: String {
    switch self {
    case .remittance: "005010X221A1"
    case .implementationAcknowledgment: "005010X231A1"
    case .claimAcknowledgment: "005010X214"
    case .eligibility: "005010X279A1"
    }
  }

  /// ST03; not used in the guide of the 835.
  var convention: String? { self == .remittance ? nil : guide }
}

/// ISA13, GS06, or ST02: one to nine digits. The caller assigns each number and never reuses one for the same receiver.
package struct X12ControlNumber: Hashable, Sendable {
  package let value: Int

  /// Returns nil outside of 1 to 999,999,999.
  package init?(_ value: Int) {
    guard (1...999_999_999).contains(value) else { return nil }
    self.value = value
  }

  package static let first = X12ControlNumber(unchecked: 1)

  private init(unchecked value: Int) {
    self.value = value
  }

  /// Derives a number from a text. Equal texts give the same number, and different texts almost always different ones.
  init(derivedFrom text: String) {
    let digest = SHA256.hash(data: Array(text.utf8)).prefix(6)
    value = digest.reduce(0) { $0 << 8 | Int($1) } % 999_999_999 + 1
  }

  func padded(to width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
