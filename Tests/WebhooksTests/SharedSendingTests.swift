import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableTesting
import Foundation
import Synchronization
import TestSupport
import Testing
import Webhooks

@Suite("Senders share the work, and nothing is lost or held up", .postgres)
struct SharedSendingTests {
  @Test("three senders on one store send each message once", arguments: StoreKind.allCases)
  func once(on kind: StoreKind) async throws {
    let world = try await WebhookWorld(on: kind)
    let receiver = try await TestReceiver()
    _ = try await world.desk.add(receiver.url, types: [], by: WebhookWorld.someone)
    try await world.process(1...60)
    _ = try await world.sending(as: "one", "two", "three") { [world] in
      try await world.deliveries(in: .delivered, atLeast: 60)
    }
    #expect(receiver.messages.count == 60 && Set(receiver.messages.map(\.id)).count == 60)
  }

  @Test(
    "a receiver that never answers holds up no other, and its messages go on waiting", arguments: StoreKind.allCases)
  func silent(on kind: StoreKind) async throws {
    let world = try await WebhookWorld(on: kind)
    let silent = try await TestReceiver { _, _ in
      try? await Task.sleep(for: .seconds(3_600))
      return 200
    }
    let other = try await TestReceiver()
    let (row, _) = try await world.desk.add(silent.url, types: [], by: WebhookWorld.someone)
    _ = try await world.desk.add(other.url, types: [], by: WebhookWorld.someone)
    try await world.process(1...20)
    let failed = try await world.sending(timeout: .seconds(1)) { [world] in
      while Set(other.messages.map(\.id)).count < 20 { try await Task.sleep(for: .milliseconds(20)) }
      // Also after it has been waited for in vain.
      while try await !world.deliveries(in: .waiting).contains(where: { $0.answer == "no answer in time" }) {
        try await Task.sleep(for: .milliseconds(20))
      }
      try await world.process(21...25)
      while Set(other.messages.map(\.id)).count < 25 { try await Task.sleep(for: .milliseconds(20)) }
      return try await world.deliveries().filter { $0.receiver == row.id && $0.state != .delivered }
    }
    // Where the machine is slow, a message may come again under its ID.
    #expect(Set(other.messages.map(\.id)).count == 25 && failed.count == 25)
  }

  @Test(
    "a lease of a sender that is gone ends, and another sends the message; what the first reports late is not taken",
    arguments: StoreKind.allCases)
  func takenOver(on kind: StoreKind) async throws {
    let world = try await WebhookWorld(on: kind)
    let receiver = try await TestReceiver()
    let (row, _) = try await world.desk.add(receiver.url, types: [], by: WebhookWorld.someone)
    try await world.process(1...1)
    let leased = try await world.store.transaction { transaction in
      try transaction.lease(
        to: row.id, upTo: 8, by: .init("gone"), until: transaction.now.adding(.seconds(30)))
    }
    #expect(leased.deliveries.count == 1)
    #expect(try await world.store.read { try $0.dueReceivers() }.isEmpty)
    world.claims.clock.advance(by: .seconds(31))
    let made = try await world.sending { [world] in try await world.deliveries(in: .delivered, atLeast: 1) }
    #expect(receiver.messages.count == 1)
    try await world.store.transaction { try $0.record([(leased.deliveries[0].lease, .dead("late"))]) }
    #expect(try await world.deliveries() == made)
  }

  @Test("an event that commits late, under a smaller number than one that is already sent, is sent too")
  func lateCommit() async throws {
    let world = try await WebhookWorld(on: .postgres)
    let receiver = try await TestReceiver()
    _ = try await world.desk.add(receiver.url, types: [], by: WebhookWorld.someone)
    let (written, released) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let slow = try await world.claims.openStore()
    async let late: Void = slow.transaction { transaction in
      try transaction.append([try WebhookWorld.event(step: 1, of: "CLM-late", at: transaction.now)])
      // The event has its number, and so has its delivery: a question sends what was written before it.
      _ = try transaction.queueCounts()
      written.signal()
      released.wait()
    }
    try await onThread { written.wait() }
    try await world.append(step: 1, to: "CLM-early")
    _ = try await world.sending { [world] in
      _ = try await receiver.messages(atLeast: 1)
      _ = try await world.deliveries(in: .delivered, atLeast: 1)
      released.signal()
      return try await world.deliveries(in: .delivered, atLeast: 2)
    }
    try await late
    let claims = try receiver.messages.map { try ($0.json()["data"] as? [String: String])?["claim_intake_id"] }
    #expect(claims == ["CLM-early", "CLM-late"])
    let deliveries = try await world.deliveries()
    #expect(deliveries.map(\.claimID.text) == ["CLM-early", "CLM-late"], "the late one has the smaller number")
  }

  @Test("an event whose transaction is undone is not sent", arguments: StoreKind.allCases)
  func undone(on kind: StoreKind) async throws {
    struct Undone: Error {}
    let world = try await WebhookWorld(on: kind)
    _ = try await world.desk.add("http://127.0.0.1:9", types: [], by: WebhookWorld.someone)
    await #expect(throws: Undone.self) {
      try await world.store.transaction { transaction in
        try transaction.append([try WebhookWorld.event(step: 1, of: "CLM-1", at: transaction.now)])
        _ = try transaction.queueCounts()
        throw Undone()
      }
    }
    #expect(try await world.deliveries().isEmpty)
  }
}
