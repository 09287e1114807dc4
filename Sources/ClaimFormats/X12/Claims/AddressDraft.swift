internal import ClaimsDomain

/// N3 and N4 as they come in.
struct AddressDraft {
  private var lines: [String] = []
  private var city = ""
  private var state = ""
  private var postalCode = ""

  mutating func take(_ segment: X12Segment) {
    if segment.name == "N3" {
      guard lines.count < X12Limits.addressLines else { return }
      lines += [segment.text(1), segment.text(2)].compactMap(\.self)
    } else {
      city = segment.text(1) ?? ""
      state = segment.text(2) ?? ""
      postalCode = segment.text(3) ?? ""
    }
  }

  var address: Address? {
    guard !lines.isEmpty || !city.isEmpty || !postalCode.isEmpty else { return nil }
    return Address(lines: lines, city: city, state: state, postalCode: postalCode)
  }
}
