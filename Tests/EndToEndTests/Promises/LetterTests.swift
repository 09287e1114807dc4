import Testing

@Suite("Each decided claim has a letter")
struct LetterTests {
  @Test("--eob writes a page and a text for each claim, and a second run writes the same files")
  func letters() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837", "--eob", "letters")
    let files = try await office.shell("ls letters | sed 's/.*\\.//' | sort | uniq -c | tr -s ' '")
    #expect(files.text == " 13 html\n 13 txt\n")
    let paid = try await office.shell("cat letters/*.txt | grep -c '\\$135.10'")
    #expect(paid.way == .exited(0))
    let digests = try await office.shell("sha256sum letters/*")
    _ = try await office.process("in.837", "--eob", "letters")
    #expect(try await office.shell("sha256sum letters/*").output == digests.output)
  }

  @Test("a folder that cannot be created is refused before any claim is decided")
  func noFolder() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let run = try await office.process("in.837", "--eob", "in.837/letters")
    #expect(run.way == .exited(65))
    #expect(run.complaints == ["claims: --eob in.837/letters: the folder cannot be made; name one you may write"])
    if office.has("claims.db") { try await office.bankPaid(0) }
  }
}
