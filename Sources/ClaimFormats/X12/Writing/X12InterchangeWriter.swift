internal import ClaimsDomain

/// Writes one interchange with one functional group. Counts and control numbers of the trailers are those of what was
/// written, since nobody else can give them.
struct X12InterchangeWriter {
  private let envelope: X12Envelope
  private let kind: X12TransactionKind
  private let header: [UInt8]
  private var body: [UInt8] = []
  private var transactions = 0
  private var isHeaderOut = false
  private let firstTransaction: X12ControlNumber

  /// - Parameter firstTransaction: ST02 of the first transaction; the others follow it.
  /// - Throws: `X12WriteError` when an address does not fit into ISA or GS.
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
    // ISA is the one segment of fixed widths, blanks and all, so it is not written as others are.
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

  /// An interchange that says of another what is wrong with its envelope (TA1), and nothing else.
  static func acknowledgment(
    of fault: X12Interchange.Fault, in interchange: X12Interchange, _ envelope: X12Envelope
  ) throws(X12WriteError) -> [UInt8] {
    var body = X12TransactionWriter()
    try body.segment(
      "TA1", .id(interchange.control, 9), .id(interchange.day, 6), .id(interchange.time, 4),
      .code(fault.isRejected ? "R" : "E"), .code(fault.note.rawValue))
    return try isa(envelope) + body.bytes + Array("IEA*0*\(envelope.interchangeControl.padded(to: 9))~\n".utf8)
  }

  /// - Throws: `X12WriteError` when something cannot be written; the interchange is then as it was before.
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

  /// The whole interchange, a segment a line.
  var bytes: [UInt8] { (isHeaderOut ? [] : header) + body + trailer }

  /// Gives out what was written since the last time, so that an interchange of any length is never held as a whole;
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
