import ClaimStore
import ClaimsDomain
import Crypto
import DurableExecution
import DurableTesting
import Foundation
import TestSupport
import Testing
import Webhooks

@Suite("A receiver can tell our messages from those of others", .postgres)
struct SignatureTests {
  /// HMAC by its definition (RFC 2104), from nothing but the hash.
  private static func code(_ text: String, key: [UInt8]) -> String {
    let padded = key + [UInt8](repeating: 0, count: 64 - key.count)
    let inner = SHA256.hash(data: padded.map { $0 ^ 0x36 } + Array(text.utf8))
    return Data(SHA256.hash(data: padded.map { $0 ^ 0x5C } + Array(inner))).base64EncodedString()
  }

  private static func key(_ secret: String) throws -> [UInt8] {
    #expect(secret.hasPrefix("whsec_"))
    return Array(try #require(Data(base64Encoded: String(secret.dropFirst(6)))))
  }

  private static func isSigned(_ message: TestReceiver.Message, with secret: String) throws -> Bool {
    let expected = "v1," + code("\(message.id).\(message.timestamp).\(message.text)", key: try key(secret))
    return message.signatures.contains(expected)
  }

  @Test(
    "the signature is that of the ID, the time, and the body, under the secret that was shown",
    arguments: StoreKind.allCases)
  func signed(on kind: StoreKind) async throws {
    let world = try await WebhookWorld(on: kind)
    let receiver = try await TestReceiver()
    let (_, secret) = try await world.desk.add(receiver.url, types: [], by: WebhookWorld.someone)
    let other = WebhookSecret()
    #expect(try Self.key(secret.text).count == 32)
    try await world.process(1...3)
    let messages = try await world.sending { try await receiver.messages(atLeast: 3) }
    for message in messages {
      #expect(try Self.isSigned(message, with: secret.text) && message.signatures.count == 1)
      #expect(try !Self.isSigned(message, with: other.text))
      #expect(message.timestamp == "\(world.claims.clock.now.microseconds / 1_000_000)")
    }
  }

  @Test("after a rotation both secrets sign, until the older one ends; and at once where it must")
  func rotation() async throws {
    let world = try await WebhookWorld(on: .sqlite)
    let receiver = try await TestReceiver()
    let (row, first) = try await world.desk.add(receiver.url, types: [], by: WebhookWorld.someone)
    let second = try await world.desk.rotate(row.id, overlap: 24, by: WebhookWorld.someone)
    try await world.process(1...1)
    let both = try await world.lastMessage(of: 1, to: receiver)
    #expect(both.signatures.count == 2)
    #expect(try Self.isSigned(both, with: first.text) && Self.isSigned(both, with: second.text))

    world.claims.clock.advance(by: .seconds(24 * 3_600))
    try await world.process(2...2)
    let one = try await world.lastMessage(of: 2, to: receiver)
    #expect(try one.signatures.count == 1 && Self.isSigned(one, with: second.text))

    _ = try await world.desk.rotate(row.id, overlap: 24, by: WebhookWorld.someone)
    let last = try await world.desk.rotate(row.id, overlap: 0, by: WebhookWorld.someone)
    try await world.process(3...3)
    let only = try await world.lastMessage(of: 3, to: receiver)
    #expect(try only.signatures.count == 1 && Self.isSigned(only, with: last.text))
  }

  @Test("no more than a few secrets sign at a time, and a rotation that is refused changes nothing")
  func manySecrets() async throws {
    let world = try await WebhookWorld(on: .sqlite)
    let (row, _) = try await world.desk.add("http://127.0.0.1:9", types: [], by: WebhookWorld.someone)
    for _ in 1...4 { _ = try await world.desk.rotate(row.id, overlap: 1, by: WebhookWorld.someone) }
    for _ in 1...2 {
      await #expect(throws: WebhookRefusal.tooManySecrets) {
        try await world.desk.rotate(row.id, overlap: 1, by: WebhookWorld.someone)
      }
    }
  }
}

extension WebhookWorld {
  /// Returns the last message, once that many deliveries are made and recorded.
  fileprivate func lastMessage(of count: Int, to receiver: TestReceiver) async throws -> TestReceiver.Message {
    _ = try await sending { try await deliveries(in: .delivered, atLeast: count) }
    return try #require(receiver.messages.last)
  }
}
