import ClaimsDomain

/// Acknowledgments as an X12 999 file, implementation 005010X231A1, with one transaction for each group received. Equal
/// input gives equal bytes.
package enum AcknowledgmentFile {
  /// - Parameter firstTransaction: ST02 of the first transaction; the others count up from it.
  /// - Throws: `X12WriteError` when a required element has no value, or a value would have to be truncated.
  package static func bytes(
    _ groups: [GroupAcknowledgment], in envelope: X12Envelope, firstTransaction: X12ControlNumber
  ) throws(X12WriteError) -> [UInt8] {
    var file = try X12InterchangeWriter(envelope, .implementationAcknowledgment, firstTransaction: firstTransaction)
    for group in groups {
      try file.transaction { writer throws(X12WriteError) in try writer.write(group) }
    }
    return file.bytes
  }
}

extension AcknowledgmentFile {
  /// Acknowledges each group to its sender, with one interchange for each interchange received. Groups without an
  /// interchange have no sender and are left out.
  ///
  /// - Throws: `X12WriteError`, as `bytes` does.
  package static func answers(
    to groups: [GroupAcknowledgment], written: X12Moment
  ) throws(X12WriteError) -> [UInt8] {
    var answers: [(interchange: X12Interchange, groups: [GroupAcknowledgment])] = []
    // An acknowledgment is never acknowledged.
    for group in groups where group.functionalIdentifier != "FA" {
      guard let interchange = group.interchange else { continue }
      if answers.last?.interchange.isSameEnvelope(as: interchange) == true {
        answers[answers.count - 1].groups.append(group)
      } else {
        answers.append((interchange, [group]))
      }
    }
    var bytes: [UInt8] = []
    for (ordinal, answer) in answers.enumerated() {
      let envelope = answer.interchange.answer("999", ordinal: ordinal, written: written)
      bytes += try self.bytes(answer.groups, in: envelope, firstTransaction: .first)
    }
    return bytes
  }
}

extension AcknowledgmentFile {
  /// Reports what is wrong with the envelopes of interchanges (TA1), with one interchange for each faulty one. Empty
  /// when all envelopes are correct.
  ///
  /// - Throws: `X12WriteError`, as `bytes` does.
  package static func envelopeAnswers(
    to groups: [GroupAcknowledgment], written: X12Moment
  ) throws(X12WriteError) -> [UInt8] {
    var bytes: [UInt8] = []
    var answered: [X12Interchange] = []
    for interchange in groups.compactMap(\.interchange) {
      guard let fault = interchange.fault, !answered.contains(where: interchange.isSameEnvelope) else { continue }
      let envelope = interchange.answer("TA1", ordinal: answered.count, written: written)
      bytes += try X12InterchangeWriter.acknowledgment(of: fault, in: interchange, envelope)
      answered.append(interchange)
    }
    return bytes
  }
}

extension X12Interchange {
  func isSameEnvelope(as other: X12Interchange) -> Bool {
    sender.identifier == other.sender.identifier && control == other.control
  }
}

extension X12TransactionWriter {
  /// AK906 to AK909 and IK503 to IK506 hold four more faults; there are never that many kinds.
  fileprivate mutating func write(_ group: GroupAcknowledgment) throws(X12WriteError) {
    try segment("AK1", .id(group.functionalIdentifier, 2), .id(group.control, 9), .id(group.version, 12))
    for transaction in group.transactions { try write(transaction) }
    try segment(
      "AK9",
      [
        .code(group.status), .number(group.statedTransactions), .number(group.transactions.count),
        .number(group.accepted),
      ] + group.faults.map { .code($0.rawValue) })
  }

  private mutating func write(_ transaction: TransactionAcknowledgment) throws(X12WriteError) {
    try segment(
      "AK2", .id(transaction.identifier, 3), .id(transaction.control, 9), .idIfAny(transaction.convention, 35))
    for errors in transaction.errorsBySegment { try write(errors) }
    try segment(
      "IK5", [.code(transaction.status.rawValue)] + transaction.faults.map { .code($0.rawValue) })
  }

  /// - Parameter errors: The errors of one segment.
  private mutating func write(_ errors: [SegmentError]) throws(X12WriteError) {
    guard let error = errors.first else { return }
    try segment("IK3", .id(error.segment, 3), .number(error.position), .empty, .code(error.code.rawValue))
    if let number = errors.lazy.compactMap(\.claimNumber).first {
      try segment("CTX", .composite([.id("CLM01", 35), .idIfAny(number.text, 38)]))
    }
    for element in errors.compactMap(\.element) {
      try segment(
        "IK4", .composite([.number(element.position), element.component.map(X12Element.number) ?? .empty]), .empty,
        .code(element.code.rawValue), .idIfAny(element.value, 99))
    }
  }
}
