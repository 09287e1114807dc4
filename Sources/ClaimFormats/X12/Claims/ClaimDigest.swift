internal import ClaimsDomain
internal import Crypto

/// SHA-256 of a claim's own content, built up segment by segment. A claim includes the loops it stands in, so each
/// level goes on from the one above it: billing provider, subscriber, patient, claim.
///
/// HL segments are left out, since they number a claim's place in its batch, as are the envelopes. Delimiters are the
/// fixed ones. So a claim that is sent again in another batch has the same digest.
struct ClaimDigest {
  enum Level { case billing, subscriber, patient, claim }

  private var billing: SHA256
  private let root: SHA256
  private var subscriber = SHA256()
  private var patient = SHA256()
  private var claim = SHA256()
  private var level = Level.billing
  /// What a claim goes on from: the subscriber, or the patient where there is a loop for one.
  private var parent = Level.billing

  /// - Parameter isTest: a test has another digest than the same claim in earnest.
  init(ofTest isTest: Bool = false) {
    var root = SHA256()
    if isTest { root.update(data: Array("test~".utf8)) }
    self.root = root
    billing = root
  }

  mutating func open(_ level: Level) {
    switch level {
    case .billing: billing = root
    case .subscriber: subscriber = billing
    case .patient: patient = subscriber
    case .claim: claim = context
    }
    self.level = level
    if level != .claim { parent = level }
  }

  private var context: SHA256 {
    switch parent {
    case .billing: billing
    case .subscriber: subscriber
    case .patient, .claim: patient
    }
  }

  mutating func add(_ segment: X12Segment) {
    segment.withCanonicalBytes { bytes in
      switch level {
      case .billing: billing.update(bufferPointer: bytes)
      case .subscriber: subscriber.update(bufferPointer: bytes)
      case .patient: patient.update(bufferPointer: bytes)
      case .claim: claim.update(bufferPointer: bytes)
      }
    }
  }

  /// Of the claim that was opened last, 64 hex digits.
  ///
  /// - Parameters:
  ///   - purpose: a report of an encounter has another digest than a claim for the same care.
  ///   - isPilot: so has a claim of a pilot.
  func hex(for purpose: ClaimPurpose?, isPilot: Bool) -> String {
    var claim = claim
    if let purpose { claim.update(data: Array("purpose~\(purpose.rawValue)~".utf8)) }
    if isPilot { claim.update(data: Array("pilot~".utf8)) }
    return claim.finalize().hex
  }
}
