internal import ClaimsDomain

extension PayerSequence {
  /// Nothing said is taken as primary; A to H (payers four to eleven) and U are others.
  init(sbr01: String?) {
    self = sbr01.map { PayerSequence(rawValue: $0) ?? .other } ?? .primary
  }
}
