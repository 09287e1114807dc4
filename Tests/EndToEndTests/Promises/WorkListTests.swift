import Foundation
import TestSupport
import Testing

@Suite("Notes on claims that wait, and who looks after them", .postgres)
struct WorkListTests {
  @Test("are on record with who, and shown with how long the claim has waited", arguments: StoreKind.allCases)
  func desk(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    func suspense(_ arguments: String...) async throws -> Ended {
      try await office.claims(["suspense"] + arguments + store.option)
    }
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process(["in.837"] + store.option)
    // A day passes if midnight comes between the two commands.
    #expect(try await suspense("list").text.contains(/\((0 days|1 day)\)/))
    #expect(try await suspense("list", "--unassigned").text.contains("DEMO-013"))
    for text in ["asked the provider", "the provider has answered"] {
      #expect(try await suspense("note", "DEMO-013", text, "--by", "pat").way == .exited(0))
    }
    #expect(try await suspense("assign", "DEMO-013", "robin", "--by", "pat").way == .exited(0))
    let list = try await suspense("list", "--assigned-to", "robin")
    #expect(list.text.contains(/\((0 days|1 day), with robin, 2 notes\)/), "\(list.text)\(list.errors)")
    #expect(!(try await suspense("list", "--unassigned").text.contains("DEMO-013")))
    #expect(try await suspense("list", "--assigned-to", "alex").text.hasPrefix("no claim that waits is with alex\n"))
    let show = try await suspense("show", "DEMO-013")
    #expect(show.text.contains("pat: asked the provider\n"), "\(show.text)")
    let json = try await suspense("list", "--output", "json").text
    #expect(json.contains(#""assigned_to":"robin","notes":[{"by":"pat","at":"#), "\(json)")
    #expect(try await suspense("assign", "DEMO-013", "--nobody").way == .exited(0))
    #expect(try await suspense("list", "--unassigned").text.contains("DEMO-013"))

    for bad in [["note", "DEMO-013", " "], ["note", "DEMO-013", "two\nlines"], ["assign", "DEMO-013"]] {
      #expect(try await office.claims(["suspense"] + bad + store.option).way == .exited(64), "\(bad)")
    }
    let paid = try await suspense("note", "DEMO-001", "too late")
    #expect(paid.way == .exited(65) && paid.errors.contains("does not wait"), "\(paid.errors)")
    await #expect(throws: (any Error).self) { try await store.sql("UPDATE claim_notes SET text = 'another'") }
    await #expect(throws: (any Error).self) { try await store.sql("DELETE FROM claim_assignments") }
    try await office.verifiesClean(["--store", store.name])
  }
}
