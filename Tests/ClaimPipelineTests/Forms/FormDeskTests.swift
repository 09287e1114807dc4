import ClaimFormats
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import TestSupport
import Testing
import Verification

@Suite("At the intake desk, a person makes a form in doubt one claim, or none", .postgres)
struct FormDeskTests {
  private static let faint = SampleForm { $0.faint = ["G0463", "FORM-1"] }

  @Test("a corrected form is accepted, decided and paid, received on the day it came", arguments: StoreKind.allCases)
  func accepted(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let id = try await office.waiting(Self.faint)
    let desk = try office.desk()
    _ = try await desk.correct(id, "26", to: "FORM-9")
    let corrected = try await desk.correct(id, "24D.1", to: "G0463")
    #expect(corrected.current.doubtful.isEmpty && corrected.row.version == 2)
    let accepted = try await office.accept(id)
    #expect(accepted.status == .paid && accepted.claim.claimNumber == ClaimNumber("FORM-9"))
    let form = try await office.form(id)
    let claim = try #require(form.row.state.claim)
    let row = try #require(try await office.store.read { try $0.claims([claim])[claim] })
    #expect(row.receivedOn == FormOffice.day && row.keys.intake.text.hasSuffix(form.row.digest))
    #expect(try await office.world.standingPayments() == [claim.text: 1])
    #expect(try await Verifier(store: office.store).verify().findings == [])
  }

  @Test("what was read stays beside what a person says, with who, when and why", arguments: StoreKind.allCases)
  func onRecord(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let id = try await office.waiting(Self.faint)
    _ = try await office.desk(reason: "the picture says 9").correct(id, "26", to: "FORM-9")
    _ = try await office.desk(of: "kim").correct(id, "24D.1", to: "G0463")
    let form = try await office.form(id)
    #expect(
      form.acts.map(\.kind) == [
        .correct(field: "26", was: "FORM-1", becomes: "FORM-9"),
        .correct(field: "24D.1", was: "G0463", becomes: "G0463"),
      ])
    #expect(form.acts.map(\.signOff.person) == ["pat", "kim"])
    #expect(form.read.fields.first { $0.field == "26" }?.value == "FORM-1" && form.unexplained == [])
  }

  @Test(
    "the same value again is no act; a value that the field may not hold leaves it in doubt",
    arguments: StoreKind.allCases)
  func values(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let id = try await office.waiting(Self.faint)
    let desk = try office.desk()
    for _ in 1...2 { _ = try await desk.correct(id, "26", to: "FORM-1") }
    #expect(try await office.form(id).row.version == 1)
    let wrong = try await desk.correct(id, "24A.1", to: "some day")
    #expect(wrong.current.doubtful.contains { $0.field == "24A.1" && $0.value == nil })
    let right = try await desk.correct(id, "24A.1", to: "030226")
    #expect(right.current.doubtful.map(\.field) == ["24D.1"])
    await #expect(throws: FormRefusal.unusableValue) { try await desk.correct(id, "26", to: "A\nB") }
    await #expect(throws: FormRefusal.unusableValue) {
      try await desk.correct(id, "26", to: String(repeating: "9", count: 201))
    }
    await #expect(throws: FormRefusal.noField(id, "99z")) { try await desk.correct(id, "99z", to: "1") }
  }

  @Test(
    "a form in doubt, or whose sums are wrong, is not accepted, and its intake key is free",
    arguments: StoreKind.allCases)
  func refused(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let id = try await office.waiting(Self.faint)
    await #expect(throws: FormRefusal.inDoubt(id, ["24D.1", "26"])) { try await office.accept(id) }
    let unbalanced = try await office.waiting(SampleForm { ($0.total, $0.paper) = ("250", "b") })
    await #expect(throws: FormRefusal.inDoubt(unbalanced, ["28"])) { try await office.accept(unbalanced) }
    _ = try await office.desk().correct(unbalanced, "28", to: "250.00")
    await #expect(throws: FormRefusal.inDoubt(unbalanced, ["28"])) { try await office.accept(unbalanced) }
    #expect(try await office.store.read { try $0.counts() }.keys == 0)
    _ = try await office.desk().correct(unbalanced, "28", to: "200.00")
    #expect(try await office.accept(unbalanced).status == .paid)
  }

  @Test("a claim that intake rejects is not made: the form waits on", arguments: StoreKind.allCases)
  func rejected(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let id = try await office.waiting(Self.faint)
    let desk = try office.desk()
    // Care in the future is no claim yet.
    for (field, value) in [("24A.1", "030230"), ("24A.1.to", "030230"), ("26", "FORM-1"), ("24D.1", "G0463")] {
      _ = try await desk.correct(id, field, to: value)
    }
    await #expect {
      try await office.accept(id)
    } throws: {
      if case FormRefusal.noClaim(id, _) = $0 { true } else { false }
    }
    #expect(try await office.form(id).row.state == .waiting)
    #expect(try await office.store.read { try $0.counts() }.keys == 0)
  }

  @Test("who was shown another version is told so, and nothing is done", arguments: StoreKind.allCases)
  func versions(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let id = try await office.waiting(Self.faint)
    let desk = try office.desk()
    _ = try await desk.correct(id, "26", to: "FORM-9", seen: 0)
    await #expect(throws: FormRefusal.changed(id)) { try await desk.correct(id, "26", to: "FORM-8", seen: 0) }
    await #expect(throws: FormRefusal.changed(id)) { try await desk.discard(id, seen: 0) }
    await #expect(throws: FormRefusal.changed(id)) { try await desk.accept(id, seen: 0, by: office.processor()) }
    #expect(try await office.form(id).row.version == 1)
  }

  @Test("of many who accept at once, all learn of one claim, which is paid once", arguments: StoreKind.allCases)
  func together(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let id = try await office.waiting(SampleForm { $0.faint = ["G0463"] })
    _ = try await office.desk().correct(id, "24D.1", to: "G0463")
    let claims = try await withThrowingTaskGroup(of: ClaimIntakeID?.self) { group in
      for number in 1...6 { group.addTask { try await office.accept(id, as: "person-\(number)").form.row.state.claim } }
      return try await group.reduce(into: Set<ClaimIntakeID?>()) { $0.insert($1) }
    }
    let claim = try #require(claims.first ?? nil)
    #expect(claims.count == 1)
    // Whoever came while another was paying has left the claim to it.
    #expect(try await office.accept(id).status == .paid)
    #expect(try await office.world.standingPayments() == [claim.text: 1])
    #expect(try await office.form(id).acts.count == 2)
    #expect(try await Verifier(store: office.store).verify().findings == [])
  }

  @Test("of many who correct at once, each has an act of its own", arguments: StoreKind.allCases)
  func correctedTogether(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let id = try await office.waiting(Self.faint)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 1...8 {
        group.addTask { _ = try await office.desk(of: "person-\(number)").correct(id, "26", to: "FORM-\(number + 10)") }
      }
      try await group.waitForAll()
    }
    let form = try await office.form(id)
    #expect(form.row.version == 8 && form.acts.count == 8 && form.unexplained == [])
    #expect(Set(form.acts.map(\.signOff.person)).count == 8)
  }

  @Test("a discarded form is no claim for good, and its pictures are gone", arguments: StoreKind.allCases)
  func discarded(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let id = try await office.waiting(Self.faint)
    for _ in 1...2 { #expect(try await office.desk().discard(id).row.state == .discarded) }
    #expect(try await office.form(id).acts.count == 1)
    #expect(try await office.store.read { try $0.pages(ofForm: id) }.isEmpty)
    #expect(try await office.take(Self.faint).first?.kept?.isDiscarded == true)
    await #expect(throws: FormRefusal.discarded(id)) { try await office.accept(id) }
    await #expect(throws: FormRefusal.discarded(id)) { try await office.desk().correct(id, "26", to: "FORM-9") }
    #expect(try await Verifier(store: office.store).verify().findings == [])
  }

  @Test("above an amount, whoever has corrected a form does not accept it", arguments: StoreKind.allCases)
  func fourEyes(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let id = try await office.waiting(SampleForm { $0.faint = ["G0463"] })
    _ = try await office.desk().correct(id, "24D.1", to: "G0463")
    let limit = Money(cents: 19_999)
    await #expect(throws: FormRefusal.ownCorrection(id)) { try await office.accept(id, limit: limit) }
    #expect(try await office.accept(id, as: "kim", limit: limit).status == .paid)
  }
}
