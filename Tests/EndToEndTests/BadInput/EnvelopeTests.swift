import Testing

@Suite("Nothing in a damaged envelope is paid")
struct EnvelopeTests {
  private static let counts: [(part: String, replacement: String, said: String)] = [
    ("SE*213*", "SE*9*", "segment 215, SE01: transaction 0001 says 9 segments, but has 213"),
    ("GE*1*", "GE*2*", "segment 216, GE01: group 101 says 2 transactions, but has 1"),
    ("IEA*1*", "IEA*2*", "segment 217, IEA01: interchange 000000101 says 2 groups, but has 1"),
  ]

  @Test("a wrong count in production rejects the claims it covers, and is reported once", arguments: counts)
  func production(part: String, replacement: String, said: String) async throws {
    let office = try Office()
    try office.write(SampleClaims.replacing((part, replacement)), to: "in.837")
    let run = try await office.process("in.837", "--output", "json")
    #expect(run.way == .exited(65))
    #expect(
      run.complaints == ["claims: in.837: \(said); its claims are rejected: ask the sender for a whole file"])
    #expect(Set(try run.reports().map(\.status)) == ["rejected"])
    try await office.bankPaid(0)
    try await office.verifiesClean()
  }

  @Test(
    "in test data (ISA15 = T) it is a warning, and the claims are processed and never paid",
    arguments: counts)
  func testData(part: String, replacement: String, said: String) async throws {
    let office = try Office()
    try office.write(SampleClaims.replacing((part, replacement), ("*0*P*:", "*0*T*:")), to: "in.837")
    let run = try await office.process("in.837", "--output", "json")
    #expect(run.complaints.first == "claims: in.837: warning: \(said); it is processed as it is")
    #expect(try run.reports().filter { $0.status == "denied" }.count == 14)
    try await office.bankPaid(0)
    // The same claims in production are different claims.
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837")
    try await office.bankPaid(5)
    try await office.verifiesClean()
  }

  @Test("nothing in a truncated file is paid; the complete file is paid once when it arrives")
  func cutOff() async throws {
    let office = try Office()
    try office.write(Array(SampleClaims.text.utf8.prefix(4_000)), to: "in.837")
    let torn = try await office.process("in.837", "--output", "json")
    #expect(torn.way == .exited(65))
    #expect(
      torn.complaints.first
        == "claims: in.837: segment 1, ISA: interchange 000000101 is not closed: no IEA before the end of the file; "
        + "its claims are rejected: ask the sender for a whole file")
    #expect(Set(try torn.reports().map(\.status)) == ["rejected"])
    try await office.bankPaid(0)
    try await office.verifiesClean()

    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837")
    _ = try await office.process("in.837")
    try await office.bankPaid(5)
    try await office.verifiesClean()
  }
}
