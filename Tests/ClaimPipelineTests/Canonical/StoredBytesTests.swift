import ClaimsDomain
import DurableExecution
import Foundation
import Testing

@testable import ClaimPipeline

/// If a type wrote something else than `Codable` does, a key would not recognize a request that it was used for before.
@Suite("What writes itself is written as Codable writes it")
struct StoredBytesTests {
  /// The first seed is random for each run; the others are fixed.
  private static let seeds: [UInt64] = [.random(in: 1...9_999), 1, 2, 3]

  @Test("the claim", arguments: seeds)
  func claim(seed: UInt64) throws { try stored(seed) { $0.claim() } }

  @Test("a member's coverage", arguments: seeds)
  func coverage(seed: UInt64) throws { try stored(seed) { values in values.list { $0.coverage() } } }

  @Test("the response of intake", arguments: seeds)
  func intake(seed: UInt64) throws { try stored(seed) { $0.intakeResponse() } }

  @Test("the response of eligibility", arguments: seeds)
  func eligibility(seed: UInt64) throws { try stored(seed) { $0.eligibilityResponse() } }

  @Test("the response of adjudication", arguments: seeds)
  func adjudication(seed: UInt64) throws { try stored(seed) { try $0.adjudicationResponse() } }

  @Test("the response of payment", arguments: seeds)
  func payment(seed: UInt64) throws { try stored(seed) { $0.paymentResponse() } }

  @Test("the response of audit", arguments: seeds)
  func audit(seed: UInt64) throws { try stored(seed) { $0.auditResponse() } }

  @Test("the requests of the agents", arguments: seeds)
  func requests(seed: UInt64) throws {
    print("requests of the agents: seed \(seed)")
    var values = RandomValues(seed: seed)
    for _ in 1...100 {
      try expectBytesOfCodable(values.intakeRequest(), seed)
      try expectBytesOfCodable(values.eligibilityRequest(), seed)
      try expectBytesOfCodable(values.adjudicationRequest(), seed)
      try expectBytesOfCodable(values.paymentRequest(), seed)
      try expectBytesOfCodable(values.auditRequest(), seed)
    }
  }

  /// Checks many values, and that what is written of each is read back as the same value.
  private func stored<Value: CanonicalValue & Decodable & Equatable>(
    _ seed: UInt64, _ next: (inout RandomValues) throws -> Value
  ) throws {
    print("\(Value.self): seed \(seed)")
    var values = RandomValues(seed: seed)
    for _ in 1...100 {
      let value = try next(&values)
      let bytes = try expectBytesOfCodable(value, seed)
      #expect(try JSONDecoder().decode(Value.self, from: Data(bytes)) == value, "seed \(seed)")
    }
  }

  /// Requires that a value's own bytes are those that `Codable` leads to: through the canonical encoder, which is asked
  /// to encode the value's members, and through all that Foundation's encoder writes of it.
  @discardableResult
  private func expectBytesOfCodable(_ value: some CanonicalValue, _ seed: UInt64) throws -> [UInt8] {
    let bytes = try CanonicalJSON.bytes(of: value)
    let encoded = try CanonicalJSON.bytes(of: Encoded(value: value))
    let read = try CanonicalJSON.bytes(of: JSONTree(of: value))
    #expect(bytes == encoded, "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
    #expect(bytes == read, "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
    return bytes
  }
}

/// A value that cannot write itself.
private struct Encoded<Value: Encodable>: Encodable {
  let value: Value

  func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}
