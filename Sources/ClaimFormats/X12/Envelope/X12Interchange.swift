import ClaimsDomain

/// An interchange that was received, as identified by its header, which determines where an answer goes.
package struct X12Interchange: Hashable, Sendable {
  /// ISA05 and ISA06, and GS02.
  package var sender: X12Address
  /// ISA07 and ISA08, and GS03: the address of this system.
  package var receiver: X12Address
  /// ISA13.
  package var control: String
  package var isProduction: Bool
  /// ISA09 and ISA10, as sent.
  package var day: String
  package var time: String
  /// The fault of its envelope; nil when there is none.
  package var fault: Fault?

  /// TA104 and TA105.
  package struct Fault: Hashable, Sendable {
    package var isRejected: Bool
    package var note: Note
  }

  /// TA105 (X12 data element I18), limited to notes about the envelope as a whole.
  package enum Note: String, Hashable, Sendable {
    case otherControlNumber = "001"
    case wrongCount = "021"
    case missingTrailer = "023"
  }

  init(isa segment: X12Segment) {
    sender = X12Address(segment, qualifier: 5)
    receiver = X12Address(segment, qualifier: 7)
    control = segment.brief(13) ?? ""
    isProduction = segment.code(15) == "P"
    day = segment.brief(9) ?? ""
    time = segment.brief(10) ?? ""
  }

  /// The sender whose checks the claims have to pass.
  var claimSender: ClaimSender {
    ClaimSender(identifier: sender.identifier, application: sender.application, isProduction: isProduction)
  }

  mutating func take(gs segment: X12Segment) {
    if let application = segment.brief(2) { sender.application = application }
    if let application = segment.brief(3) { receiver.application = application }
  }

  /// Returns the envelope of an answer. Its control numbers are derived from the interchange answered and the kind of
  /// answer, so that the same file always gets the same answer and different answers have different numbers.
  ///
  /// - Parameter kind: The kind of answer: `999`, `277CA`.
  func answer(_ kind: String, ordinal: Int, written: X12Moment) -> X12Envelope {
    let control = X12ControlNumber(derivedFrom: "\(kind) \(ordinal) \(sender.identifier) \(self.control)")
    return X12Envelope(
      sender: receiver, receiver: sender, written: written, interchangeControl: control, groupControl: control,
      isProduction: isProduction)
  }
}

extension X12Address {
  /// Reads an address from ISA. A sender who leaves the identifier empty is addressed as `0`.
  fileprivate init(_ isa: X12Segment, qualifier element: Int) {
    self.init(
      qualifier: isa.brief(element).flatMap { $0.utf8.count == 2 ? $0 : nil } ?? "ZZ",
      identifier: isa.brief(element + 1).map { String($0.prefix(15)) } ?? "0")
  }
}
