import ClaimFormats
import ClaimsDomain

/// A claim whose texts all contain markup or control sequences: a tag, the end of an attribute, a terminal command.
enum HostileClaim {
  static let name = #"<script>alert("x")</script>'"&{{payer}}"#
  /// The combining accent forms one character with the quotation mark before it.
  static let accented = "\"\u{301} onmouseover=\"\u{301}<\u{338}b>"
  static let controls = "\u{1B}[2J\u{0}\u{9B}31m\u{202E}\u{FFFE}two\nlines"
  static let long = String(repeating: "Llanfairpwllgwyngyll", count: 12)

  static func make() throws -> ExplanationOfBenefits {
    var eob = try EOBSamples.paid()
    eob.sender.name = name
    eob.sender.address?.lines = [accented, long]
    eob.sender.contact = RemittanceContact(name: controls, telephone: name, email: accented)
    eob.services = try EOBSamples.words("V5010,<script>alert(1)</script>'&{{payer}}")
    eob.planName = accented
    eob.payment.reference = controls
    eob.claim.claimNumber = ClaimNumber(long)
    eob.claim.subscriber.name = PersonName(last: accented, first: controls)
    eob.claim.subscriber.address?.lines = [name, long]
    eob.claim.billingProvider.name = name
    eob.claim.renderingProvider?.name = accented
    eob.claim.lines[0].procedure?.code = name
    eob.claim.lines[1].procedure?.modifiers = [accented, controls]
    return eob
  }
}
