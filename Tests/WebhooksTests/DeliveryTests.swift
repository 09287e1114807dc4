import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableTesting
import Foundation
import TestSupport
import Testing
import Webhooks

@Suite("Each event reaches each receiver that wants it", .postgres)
struct DeliveryTests {
  @Test(
    "paid, denied, replaced, refused: one message each, with our claim ID and no member data",
    arguments: StoreKind.allCases)
  func events(on kind: StoreKind) async throws {
    let world = try await WebhookWorld(on: kind)
    let receiver = try await TestReceiver()
    _ = try await world.desk.add(receiver.url + "/hooks", types: [], by: WebhookWorld.someone)
    // The second is care that was given once.
    try await world.process(1...1)
    _ = try await world.claims.process([SampleClaim.make("B-1", member: "W-1")], on: world.store)
    let made = try await world.sending { [world] in try await world.deliveries(in: .delivered, atLeast: 2) }
    // Claims have no order between them; denied is before paid here.
    let messages = receiver.messages.sorted { $0.text > $1.text }
    #expect(try messages.map { try $0.json()["type"] as? String } == ["claim.paid", "claim.denied"])
    let data = try #require(try messages[0].json()["data"] as? [String: String])
    let row = try #require(try await world.store.read { try $0.claims(named: "A-1").first })
    #expect(data["claim_intake_id"] == row.id.text && data["status"] == "paid")
    #expect(data["amount"] == row.amounts?.planPaid.description)
    #expect(try messages[0].json()["timestamp"] as? String == "2026-06-01T12:00:00.000Z")
    for message in messages {
      #expect(message.path == "/in/hooks" && message.id.wholeMatch(of: /[0-9a-f]{64}/) != nil)
      for word in ["W-1", "W-", "A-1", "B-1", "idemp:"] { #expect(!message.text.contains(word)) }
    }
    #expect(made.allSatisfy { $0.answer == "HTTP 200" && $0.attempts == 1 })
  }

  @Test(
    "a receiver gets the types that it has asked for, and only from when it was added", arguments: StoreKind.allCases)
  func subscriptions(on kind: StoreKind) async throws {
    let world = try await WebhookWorld(on: kind)
    let (some, all) = (try await TestReceiver(), try await TestReceiver())
    try await world.process(1...1)
    _ = try await world.desk.add(some.url, types: ["claim.denied", "payment.voided"], by: WebhookWorld.someone)
    _ = try await world.desk.add(all.url, types: [], by: WebhookWorld.someone)
    _ = try await world.claims.process([SampleClaim.make("B-1", member: "W-1")], on: world.store)
    try await world.process(2...3)
    try await world.sending { [world] in
      _ = try await all.messages(atLeast: 3)
      _ = try await world.deliveries(in: .delivered, atLeast: 4)
    }
    #expect(all.messages.count == 3)
    #expect(try some.messages.map { try $0.json()["type"] as? String } == ["claim.denied"])
    #expect(Set(all.messages.map(\.id)).isDisjoint(with: some.messages.map(\.id)))
  }

  @Test(
    "a receiver that fails three times gets the same message again: the same ID, the same bytes",
    arguments: StoreKind.allCases)
  func threeFailures(on kind: StoreKind) async throws {
    let world = try await WebhookWorld(on: kind)
    let receiver = try await TestReceiver { _, before in
      before < 3 ? [500, 429, 302][before] : 204
    }
    _ = try await world.desk.add(receiver.url, types: [], by: WebhookWorld.someone)
    try await world.process(1...1)
    let made = try await world.sending { [world] in try await world.deliveries(in: .delivered, atLeast: 1) }
    #expect(receiver.messages.count == 4 && Set(receiver.messages.map(\.id)).count == 1)
    #expect(Set(receiver.messages.map(\.body)).count == 1)
    #expect(receiver.messages.allSatisfy { $0.path != "/elsewhere" }, "a redirect was followed")
    #expect(made.map(\.attempts) == [4] && made[0].answer == "HTTP 204")
  }

  @Test(
    "after its budget a delivery is dead and stays so, until a person has it sent again", arguments: StoreKind.allCases)
  func dead(on kind: StoreKind) async throws {
    let world = try await WebhookWorld(on: kind)
    let receiver = try await TestReceiver { _, before in before < 3 ? 502 : 200 }
    _ = try await world.desk.add(receiver.url, types: [], by: WebhookWorld.someone)
    try await world.process(1...1)
    let dead = try await world.sending(attempts: 3) { [world] in try await world.deliveries(in: .dead, atLeast: 1) }[0]
    #expect(dead.attempts == 3 && dead.answer == "HTTP 502" && receiver.messages.count == 3)
    #expect(try await world.store.read { try $0.deliveryCounts() } == (0, 1))
    try await world.desk.resend(dead.number, by: WebhookWorld.someone)
    await #expect(throws: WebhookRefusal.stillOpen) {
      try await world.desk.resend(dead.number, by: WebhookWorld.someone)
    }
    _ = try await world.sending { [world] in try await world.deliveries(in: .delivered, atLeast: 1) }
    #expect(receiver.messages.count == 4 && Set(receiver.messages.map(\.id)) == [dead.key.digest])
    let acts = try await world.store.read { try $0.latest(act: "webhook-resend", limit: 9) }
    #expect(acts.map(\.reason) == ["the clinic asked for it"])
    await #expect(throws: WebhookRefusal.noDelivery) { try await world.desk.resend(99, by: WebhookWorld.someone) }
  }

  @Test("the events of a claim arrive in order, also if the first is not taken at once", arguments: StoreKind.allCases)
  func order(on kind: StoreKind) async throws {
    let world = try await WebhookWorld(on: kind)
    let receiver = try await TestReceiver { message, _ in
      message.text.contains(#""step":"1""#) && Int.random(in: 0..<4) > 0 ? 503 : 200
    }
    _ = try await world.desk.add(receiver.url, types: [], by: WebhookWorld.someone)
    let streams = (1...5).map { "CLM-\($0)" }
    for step in 1...3 {
      for stream in streams { try await world.append(step: step, to: stream) }
    }
    _ = try await world.sending(as: "one", "two") { [world] in
      try await world.deliveries(in: .delivered, atLeast: 15)
    }
    for stream in streams {
      let steps = try receiver.messages.map { try #require(try $0.json()["data"] as? [String: String]) }
        .filter { $0["claim_intake_id"] == stream }.compactMap { $0["step"] }
      #expect(steps.suffix(3) == ["1", "2", "3"] && steps == steps.sorted(), "\(steps)")
    }
  }

  @Test(
    "410 ends a delivery at once; removing the receiver ends all of them, and its secrets are gone",
    arguments: StoreKind.allCases)
  func gone(on kind: StoreKind) async throws {
    let world = try await WebhookWorld(on: kind)
    let receiver = try await TestReceiver { _, _ in 410 }
    let (row, _) = try await world.desk.add(receiver.url, types: [], by: WebhookWorld.someone)
    try await world.process(1...1)
    _ = try await world.sending { [world] in try await world.deliveries(in: .dead, atLeast: 1) }
    #expect(receiver.messages.count == 1)
    try await world.process(2...4)
    for url in [receiver.url, receiver.url.replacing("http", with: "HTTP").replacing("/in", with: "/%69n")] {
      await #expect(throws: WebhookRefusal.alreadyThere) {
        try await world.desk.add(url, types: [], by: WebhookWorld.someone)
      }
    }
    try await world.desk.remove(row.id, by: WebhookWorld.someone)
    #expect(try await world.deliveries(in: .dead).count == 4)
    #expect(try await world.store.read { try $0.receivers() }.isEmpty)
    try await world.process(5...5)
    #expect(try await world.deliveries().count == 4)
    // The same URL again is another receiver.
    let again = try await world.desk.add(receiver.url, types: [], by: WebhookWorld.someone).receiver
    #expect(again.id != row.id || world.claims.clock.now == row.addedAt)
    for act in ["webhook-add", "webhook-remove"] {
      #expect(try await !world.store.read { try $0.latest(act: act, limit: 1) }.isEmpty)
    }
  }
}

extension WebhookWorld {
  /// Writes an event about a claim, as an agent does.
  func append(step: Int, to stream: String) async throws {
    try await store.transaction { transaction in
      try transaction.append([try Self.event(step: step, of: stream, at: transaction.now)])
    }
  }

  static func event(step: Int, of stream: String, at now: Timestamp) throws -> EffectEvent {
    EffectEvent(
      key: KeyText(effect: "pay", segments: [stream, "\(step)"]), epoch: .first, stream: stream, type: "claim-paid",
      agent: AgentVersion("A", "1"), lamport: LamportTime(1), at: now,
      facts: try CanonicalJSON.bytes(of: ["step": "\(step)"]))
  }
}
