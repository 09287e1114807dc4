import TestSupport
import Testing

@testable import DurableExecution

@Suite("The next step of one intent")
struct SettlementTests {
  private static let retryable = ActivityFailure.retryable("lost", "the reply was lost")
  private static let terminal = ActivityFailure.terminal("closed", "they have closed")
  private static let receipt = Shipment.Key.Response(box: 1)

  private func settlement(takeover: Bool = false) -> Settlement<Shipment> {
    let key = KeyText(effect: "ship", segments: ["1"])
    let record = KeyRecord.new(
      key, retention: .financial, fingerprint: Fingerprint(hex: String(repeating: "a", count: 64)),
      agent: AgentVersion("ShippingAgent", "1.0.0"), lineage: .root,
      lease: KeyRecord.Lease(
        owner: WorkerID("us"), expiresAt: Timestamp(microseconds: 60_000_000), length: .seconds(60)),
      at: Timestamp(microseconds: 0))
    return Settlement(
      OwnedIntent(
        call: OwnedCall(request: Shipment.Request(order: "1"), record: record), lineage: .root, isTakeover: takeover,
        leaseEnds: .now + .seconds(60), previous: nil))
  }

  @Test("A new intent is prepared, then committed; after a takeover the other system is asked first")
  func order() {
    var fresh = settlement()
    #expect(fresh.next == .prepare)
    fresh.heard(prepared: .done(TrackingID("theirs")))
    #expect(fresh.next == .commit && fresh.call.trackingID == TrackingID("theirs"))
    fresh.heard(committed: .done(Self.receipt))
    #expect(fresh.result == .done(Self.receipt))
    #expect(settlement(takeover: true).next == .ask)
  }

  @Test("After an unclear reply, no reply or two replies, the other system is asked before anything is sent")
  func doubt() {
    for reply in [nil, RemoteReply<TrackingID>.unclear(Self.retryable)] {
      var settlement = settlement()
      settlement.heard(prepared: reply)
      #expect(settlement.next == .ask && settlement.result == nil)
    }
    for reply in [nil, RemoteReply<Shipment.Key.Response>.unclear(Self.retryable)] {
      var settlement = settlement()
      settlement.heard(prepared: .done(TrackingID("theirs")))
      settlement.heard(committed: reply)
      #expect(settlement.next == .ask && settlement.result == nil)
    }
  }

  @Test("The other system's answer about the work determines the next step")
  func standings() {
    let standings:
      [(RemoteStanding<Shipment.Key.Response>?, Settlement<Shipment>.Step?, RemoteReply<Shipment.Key.Response>?)] =
        [
          (.neverHeardOf, .prepare, nil), (.prepared, .commit, nil), (.done(Self.receipt), nil, .done(Self.receipt)),
          (.refused(Self.terminal), nil, .refused(Self.terminal)), (.unknown(Self.retryable), .ask, nil),
          (.unknown(Self.terminal), nil, .unclear(Self.terminal)), (.fenced, nil, .fenced), (nil, .ask, nil),
        ]
    for (standing, next, result) in standings {
      var settlement = settlement(takeover: true)
      settlement.heard(standing)
      #expect(settlement.result == result, "\(String(describing: standing))")
      if let next { #expect(settlement.next == next, "\(String(describing: standing))") }
    }
  }

  @Test("An intent that is left open is unclear with the last failure, and never failed")
  func leftOpen() {
    var settlement = settlement()
    settlement.heard(prepared: .unclear(Self.retryable))
    var (doubted, ended) = (settlement, settlement)
    doubted.leaveOpen()
    ended.leaveOpen(.leaseEnded)
    #expect(doubted.result == .unclear(Self.retryable) && ended.result == .unclear(.leaseEnded))
  }

  @Test(
    "In any order of replies, a commit follows only a preparation, or an answer that the work is prepared",
    arguments: Seeds.all)
  func walks(seed: UInt64) {
    var lot = SeededGenerator(seed: seed)
    for _ in 0..<2_000 {
      var settlement = settlement(takeover: Bool.random(using: &lot))
      var mayCommit = false
      for _ in 0..<12 where settlement.result == nil {
        switch settlement.next {
        case .ask:
          mayCommit = false
          let said: RemoteStanding<Shipment.Key.Response>? =
            [.neverHeardOf, .prepared, .unknown(Self.retryable), nil, .fenced][Int.random(in: 0..<5, using: &lot)]
          if said == .prepared { mayCommit = true }
          settlement.heard(said)
        case .prepare:
          let isDone = Bool.random(using: &lot)
          mayCommit = isDone
          settlement.heard(prepared: isDone ? .done(TrackingID("theirs")) : nil)
        case .commit:
          #expect(mayCommit, "seed \(seed)")
          mayCommit = false
          settlement.heard(committed: Bool.random(using: &lot) ? nil : .unclear(Self.retryable))
          #expect(settlement.next == .ask, "seed \(seed): a commit is never sent again without asking")
        }
      }
    }
  }
}
