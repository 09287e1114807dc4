import ClaimsDomain
import DurableExecution

/// What receivers are told about an event.
///
/// The body is fixed here, once: every attempt to deliver it sends the same bytes. It contains the facts of the event as
/// they are on record, which hold no member data.
struct WebhookMessage {
  let type: WebhookEventType
  let claimID: ClaimIntakeID
  /// `{"type":"claim.paid","timestamp":"…","data":{"claim_intake_id":"CLM-…","status":"paid",…}}`.
  let body: [UInt8]

  /// Nil for an event that is not sent to receivers, and for one that is not about a claim.
  init?(of event: EffectEvent) {
    guard let type = WebhookEventType(of: event), event.stream.hasPrefix("CLM-"),
      event.facts.first == UInt8(ascii: "{")
    else { return nil }
    self.type = type
    claimID = ClaimIntakeID(event.stream)
    let head =
      #"{"type":"\#(type.rawValue)","timestamp":"\#(event.at.text)","data":{"claim_intake_id":"\#(event.stream)""#
    let facts = event.facts.dropFirst()
    body = Array(head.utf8) + (facts.count > 1 ? [UInt8(ascii: ",")] : []) + facts + [UInt8(ascii: "}")]
  }
}

extension WebhookEventType {
  fileprivate init?(of event: EffectEvent) {
    switch event.type {
    case "claim-paid": self = .claimPaid
    case "claim-closed" where event.says("paid"): self = .claimPaid
    case "claim-closed" where event.says("denied"): self = .claimDenied
    case "claim-adjudicated" where event.says("suspended"): self = .claimSuspended
    case "claim-reversed": self = .claimAdjusted
    case "intake-refused": self = .claimRejected
    case "pay-refused": self = .paymentRefused
    case "payment-voided": self = .paymentVoided
    default: return nil
    }
  }
}

extension EffectEvent {
  /// Whether the facts name a status. They are canonical JSON of texts, so there is one way to write it.
  fileprivate func says(_ status: String) -> Bool {
    let member = Array(#""status":"\#(status)""#.utf8)
    // Every event is searched, and `firstRange` takes as long as writing it.
    return facts.indices.contains { facts[$0...].starts(with: member) }
  }
}

extension Timestamp {
  /// The instant in UTC, to the millisecond: `2026-04-01T09:00:00.000Z`.
  fileprivate var text: String {
    let milliseconds = microseconds / 1_000 - day.startOfDay
    let (seconds, fraction) = milliseconds.quotientAndRemainder(dividingBy: 1_000)
    let parts = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { String($0 + 100).dropFirst() }
    return "\(day)T\(parts.joined(separator: ":")).\(String(fraction + 1_000).dropFirst())Z"
  }
}

extension CalendarDate {
  /// Milliseconds since 1970.
  fileprivate var startOfDay: Int64 { Int64(dayNumber) * 86_400_000 }
}
