import Testing

@Suite("The demonstrations show what they promise")
struct DemoTests {
  @Test("dedup: claims are paid twice without keys, and never with them, in all four cases")
  func dedup() async throws {
    let run = try await Office().claims(["demo", "dedup"])
    #expect(run.way == .exited(0), "\(run.errors)")
    let rows = run.text.split(separator: "\n").map { $0.split(separator: " ", omittingEmptySubsequences: true) }
    let off = rows.filter { $0.starts(with: ["keys", "off"]) }
    let on = rows.filter { $0.starts(with: ["keys", "on"]) }
    #expect(off.count == 4 && on.count == 4, "\(run.text)")
    // The columns: claims paid, payments, paid twice, money lost, at risk.
    for row in off { #expect(Int(row[4]) ?? 0 > 0, "\(run.text)") }
    for row in on { #expect(row.dropFirst(2) == ["5", "5", "0", "0.00", "0.00"], "\(run.text)") }
  }

  @Test("roads: each row is as it must be, and a row that is not known is refused")
  func roads() async throws {
    let run = try await Office().claims(["demo", "roads", "--only", "837"])
    #expect(run.way == .exited(0), "\(run.text) \(run.errors)")
    #expect(run.text.contains("are as they must be") && !run.text.contains("BROKEN"))
    #expect(run.text.contains("denied OA-18"), "\(run.text)")
    let unknown = try await Office().claims(["demo", "roads", "--only", "no such row"])
    #expect(unknown.way == .exited(64) && unknown.errors.contains("--only"), "\(unknown.errors)")
  }

  @Test("crash: the program is killed at every ninth step, and recovers each time")
  func crash() async throws {
    let run = try await Office().claims(["demo", "crash", "--every", "9"])
    #expect(run.way == .exited(0), "\(run.errors)")
    #expect(run.text.contains("every crash was made good: each claim paid once, none lost"))
    #expect(run.text.contains("killed before") && !run.text.contains("BROKEN"))
  }
}
