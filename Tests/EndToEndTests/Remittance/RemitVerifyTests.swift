import Foundation
import Testing

@Suite("claims remit verify")
struct RemitVerifyTests {
  private static func sample(_ name: String) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appending(path: "Fixtures/expected/remittance/\(name)")
    return String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }

  @Test("balanced files give one line each, and exit status 0")
  func balanced() async throws {
    let office = try Office()
    try office.write(try Self.sample("R3.835"), to: "a.835")
    let run = try await office.claims(["remit", "verify", "a.835", "-"], input: Array(Self.sample("R8.835").utf8))
    #expect(run.way == .exited(0) && run.errors.isEmpty)
    #expect(
      run.text == """
        a.835: transaction 0001, check 70001, 2 claims, payment $945.00: balanced
        standard input: transaction 0001, check 70001, 2 claims, payment $25.00: balanced
        2 of 2 transactions balanced, in 2 files with 4 claims

        """)
  }

  @Test("an unbalanced file gives level, place and figures, no patient's name, and exit status 1")
  func unbalanced() async throws {
    let office = try Office()
    let text = try Self.sample("R3.835").replacing("CAS*CO*45*55.00", with: "CAS*CO*45*55.01").replacing(
      "SE*32*", with: "SE*99*")
    try office.write(text, to: "a.835")
    let run = try await office.claims(["remit", "verify", "a.835"])
    #expect(run.way == .exited(1) && run.errors.isEmpty)
    #expect(
      run.text == """
        a.835: envelope: transaction 0001 says 99 segments, but has 32 (segment 34, SE01)
        a.835: transaction 0001, check 70001, 2 claims, payment $945.00: NOT BALANCED
          claim 2, number R3-2: CLP03 - CAS = CLP04: expected 494.99, found 495.00, difference 0.01 (segment 26, CLP04)
        0 of 1 transactions balanced, in 1 file with 2 claims

        """)
    #expect(text.contains("Quillfeather") && !run.text.contains("Quillfeather"))
  }

  @Test("JSON output has the documented keys, one object per transaction, and a summary")
  func json() async throws {
    let office = try Office()
    try office.write(try Self.sample("R3.835").replacing("BPR*I*945.00", with: "BPR*I*945.01"), to: "a.835")
    let run = try await office.claims(["remit", "verify", "--output", "json", "a.835"])
    #expect(run.way == .exited(1))
    #expect(
      run.jsonLines == [
        #"{"file":"a.835","transaction":"0001","segment":3,"check":"70001","claims":2,"payment":"945.01","balanced":false,"#
          + #""findings":[{"level":"check","claim":null,"claim_number":null,"line":null,"location":"segment 4, BPR02","#
          + #""rule":"CLP04 - PLB = BPR02","expected":"945.00","found":"945.01","difference":"0.01","reason":null}],"#
          + #""findings_left_off":0}"#,
        #"{"summary":{"files":1,"transactions":1,"balanced":0,"claims":2,"envelope_faults":0,"refused":0}}"#,
      ])
  }

  @Test("an input that is not an 835 gives exit status 65, and the other files are still checked")
  func refused() async throws {
    let office = try Office()
    try office.write(try Self.sample("R3.835"), to: "in/a.835")
    try office.write(SampleClaims.text, to: "in/b.837")
    let named = try await office.claims(["remit", "verify", "in/b.837", "in/a.835"])
    #expect(named.way == .exited(65) && named.text.contains("1 of 1 transactions balanced"))
    #expect(named.errors == "claims: in/b.837: no remittance (835) in this X12 file: it holds 837; send an 835\n")
    let folder = try await office.claims(["remit", "verify", "in"])
    #expect(folder.way == .exited(0) && folder.errors.hasPrefix("claims: passed over: in/b.837: "))
    #expect(try await office.claims(["remit", "verify", "nowhere.835"]).way == .exited(65))
    #expect(try await office.claims(["remit", "verify"]).way == .exited(64))
  }
}
