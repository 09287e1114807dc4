/// What ISA and GS say. One functional group goes in one interchange.
package struct X12Envelope: Hashable, Sendable {
  package var sender: X12Address
  package var receiver: X12Address
  package var written: X12Moment
  package var interchangeControl: X12ControlNumber
  package var groupControl: X12ControlNumber
  /// ISA15: `P`, else `T`.
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
