internal import ClaimsDomain
internal import Crypto

/// SHA-256 of a claim's own content, built up segment by segment. A claim includes the loops that contain it, so each
/// level continues from the one above: billing provider, subscriber, patient, claim.
///
/// HL segments are left out, since they number a claim's place in its batch; so are the envelopes. Delimiters are the
/// fixed ones. A claim sent again in another batch therefore has the same digest.
struct ClaimDigest {
  enum Level { case billing, subscriber, patient, claim }

  private var billing: SHA256
  private let root: SHA256
  private var subscriber = SHA256()
  private var patient = SHA256()
  private var claim = SHA256()
  private var level = Level.billing
  /// The level that a claim continues from: the subscriber, or the patient when there is a loop for one.
  private var parent = Level.billing

  /// - Parameter isTest: Whether the claims are tests. A test has a different digest from the same claim in production.
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

  /// Returns the digest of the most recently opened claim, as 64 hex digits.
  ///
  /// - Parameters:
  ///   - purpose: The purpose of the claim. A report of an encounter has a different digest from a claim for the same
  ///     care.
  ///   - isPilot: Whether the claim is part of a pilot, which also gives it a different digest.
  func hex(for purpose: ClaimPurpose?, isPilot: Bool) -> String {
    var claim = claim
    if let purpose { claim.update(data: Array("purpose~\(purpose.rawValue)~".utf8)) }
    if isPilot { claim.update(data: Array("pilot~".utf8)) }
    return claim.finalize().hex
  }
}
