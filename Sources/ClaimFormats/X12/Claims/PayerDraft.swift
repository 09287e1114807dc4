internal import ClaimsDomain

/// NM1*PR in loop 2010BB.
struct PayerDraft {
  private let name: String
  private let number: String?
  private var secondaryNumber: String?

  init(nm1: X12Segment) {
    name = PersonName(nm1: nm1).full
    number = nm1.text(9)
  }

  mutating func take(_ segment: X12Segment) {
    if segment.name == "REF", segment.code(1) == "2U" { secondaryNumber = segment.text(2) }
  }

  /// NM109, else REF*2U; older files name a payer by nothing but its name.
  var payer: Payer? {
    guard let id = number ?? secondaryNumber ?? (name.isEmpty ? nil : name) else { return nil }
    return Payer(id: PayerID(id), name: name)
  }
}
