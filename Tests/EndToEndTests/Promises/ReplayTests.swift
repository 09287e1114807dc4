import BankSimulator
import Crypto
import Testing

@Suite("The second run gets the first run's responses byte for byte, and no money moves")
struct ReplayTests {
  @Test("for the same file, every claim is replayed with its complete report, and the bank has no new transfer")
  func again() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let first = try await office.process("in.837", "--output", "json")
    let transfers = try await office.bank().transfers()
    #expect(transfers.count == 5)
    let second = try await office.process("in.837", "--output", "json")
    #expect(first.way == .exited(65) && second.way == .exited(65))
    #expect(try first.reports().allSatisfy { !$0.replayed })
    // A claim that could not be read has no key, so there is nothing to replay.
    #expect(try second.reports().filter { !$0.replayed }.allSatisfy { $0.keys.intake == nil })
    #expect(
      second.jsonLines.dropLast().map { $0.replacing("\"replayed\":true", with: "\"replayed\":false") }
        == first.jsonLines.dropLast())
    #expect(try await office.bank().transfers() == transfers)
    try await office.verifiesClean()
  }

  @Test("the bytes under a key stay the same, and match the digest on record")
  func bytes() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let keys = try await office.process("in.837", "--output", "json").reports().flatMap {
      [$0.keys.intake, $0.keys.payment, $0.keys.audit].compactMap(\.self)
    }
    #expect(keys.count == 15 + 13 + 14)
    var before: [String: [UInt8]] = [:]
    for key in keys.shuffledBySeed(9).prefix(8) {
      let replay = try await office.claims(["replay", key])
      #expect(replay.way == .exited(0) && replay.errors.isEmpty)
      let digest = SHA256.hash(data: replay.output).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      let record = try await office.claims(["keys", "show", key])
      #expect(record.text.contains("sha-256      \(digest)\n"))
      before[key] = replay.output
    }
    _ = try await office.process("in.837")
    for (key, bytes) in before {
      #expect(try await office.claims(["replay", key]).output == bytes)
    }
  }

  @Test("a claim from standard input, a file or a folder is the same claim")
  func roads() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "inbox/in.837")
    let piped = try await office.process("-", "--output", "json", input: Array(SampleClaims.text.utf8))
    #expect(piped.way == .exited(65))
    #expect(try piped.reports().count == 15 && piped.reports().allSatisfy { !$0.replayed })
    for path in ["inbox", "inbox/in.837"] {
      let run = try await office.process(path, "--output", "json")
      #expect(try run.reports().filter { $0.keys.intake != nil }.allSatisfy(\.replayed))
    }
    try await office.bankPaid(5)
  }
}

extension Array {
  /// Shuffles the elements. The same seed gives the same order.
  fileprivate func shuffledBySeed(_ seed: UInt64) -> [Element] {
    var random = SeededGenerator(seed: seed)
    return shuffled(using: &random)
  }
}
