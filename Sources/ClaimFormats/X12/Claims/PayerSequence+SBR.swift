internal import ClaimsDomain

extension PayerSequence {
  /// - Throws: `ClaimProblem` where SBR01 does not say in which turn the payer comes.
  init(sbr segment: X12Segment) throws(ClaimProblem) {
    guard let sequence = segment.word(1).flatMap(PayerSequence.init) else {
      throw segment.problem(1, "it does not say in which turn this payer pays")
    }
    self = sequence
  }
}
