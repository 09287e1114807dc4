internal import ClaimsDomain

extension PersonName {
  /// An organisation's name is all in NM103.
  init(nm1: X12Segment) {
    self.init(last: nm1.text(3) ?? "", first: nm1.text(4) ?? "", middle: nm1.text(5))
  }
}
