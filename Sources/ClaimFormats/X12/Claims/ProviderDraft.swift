import ClaimsDomain

/// A provider: NM1, REF, N3, N4.
struct ProviderDraft {
  private let name: String
  private var npi: String?
  private var taxID: String?
  private var address = AddressDraft()

  init(nm1: X12Segment) {
    name = PersonName(nm1: nm1).full
    // 4010 identifies providers by tax ID in NM109 (24 is an EIN, 34 a Social Security number).
    switch nm1.code(8) {
    case "XX": npi = nm1.text(9)
    case "24", "34": taxID = nm1.text(9)
    default: break
    }
  }

  mutating func take(_ segment: X12Segment) {
    switch segment.name {
    case "N3", "N4":
      address.take(segment)
    case "REF":
      switch segment.code(1) {
      case "EI", "SY", "TJ": taxID = segment.text(2) ?? taxID
      // The National Provider Identifier, in 4010 files from before NM109 was reserved for it.
      case "HPI": npi = npi ?? segment.text(2)
      default: break
      }
    default: break
    }
  }

  /// Nil when nothing identifies the provider.
  var provider: Provider? {
    guard !name.isEmpty || npi != nil || taxID != nil else { return nil }
    return Provider(name: name, npi: npi, taxID: taxID, address: address.address)
  }
}

/// NM1*PR in loop 2010BB.
struct PayerDraft {
  private let name: String
  private let number: String?

  init(nm1: X12Segment) {
    name = PersonName(nm1: nm1).full
    number = nm1.text(9)
  }

  /// Nil when NM109 does not identify the payer.
  var payer: Payer? { number.map { Payer(id: PayerID($0), name: name) } }
}
