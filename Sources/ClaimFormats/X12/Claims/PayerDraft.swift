internal import ClaimsDomain

/// NM1*PR in loop 2010BB.
struct PayerDraft {
  private let name: String
  private let number: String?

  init(nm1: X12Segment) {
    name = PersonName(nm1: nm1).full
    number = nm1.text(9)
  }

  /// Nil where NM109 does not say which payer it is.
  var payer: Payer? { number.map { Payer(id: PayerID($0), name: name) } }
}
