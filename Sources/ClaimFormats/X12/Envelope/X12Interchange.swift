import ClaimsDomain

/// An interchange that we received, as its header names it: whom an answer goes to.
package struct X12Interchange: Hashable, Sendable {
  /// ISA05 and ISA06, and GS02.
  package var sender: X12Address
  /// ISA07 and ISA08, and GS03: we.
  package var receiver: X12Address
  /// ISA13.
  package var control: String
  package var isProduction: Bool
  /// ISA09 and ISA10, as sent.
  package var day: String
  package var time: String
  /// What is wrong with its envelope; nil where nothing is.
  package var fault: Fault?

  /// TA104 and TA105.
  package struct Fault: Hashable, Sendable {
    package var isRejected: Bool
    package var note: Note
  }

  /// TA105 (X12 data element I18), as far as it is about the envelope as a whole.
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

  /// Whose checks its claims have to pass.
  var claimSender: ClaimSender {
    ClaimSender(identifier: sender.identifier, application: sender.application, isProduction: isProduction)
  }

  mutating func take(gs segment: X12Segment) {
    if let application = segment.brief(2) { sender.application = application }
    if let application = segment.brief(3) { receiver.application = application }
  }

  /// The envelope of an answer. Its control numbers follow from what is answered and with what, so that the same file is
  /// answered alike however often, and no two answers have the same.
  ///
  /// - Parameter kind: `999`, `277CA`.
  func answer(_ kind: String, ordinal: Int, written: X12Moment) -> X12Envelope {
    let control = X12ControlNumber(derivedFrom: "\(kind) \(ordinal) \(sender.identifier) \(self.control)")
    return X12Envelope(
      sender: receiver, receiver: sender, written: written, interchangeControl: control, groupControl: control,
      isProduction: isProduction)
  }
}

extension X12Address {
  /// Who leaves an element empty is answered under a name of one sign.
  fileprivate init(_ isa: X12Segment, qualifier element: Int) {
    self.init(
      qualifier: isa.brief(element).flatMap { $0.utf8.count == 2 ? $0 : nil } ?? "ZZ",
      identifier: isa.brief(element + 1).map { String($0.prefix(15)) } ?? "0")
  }
}
