import ClaimFormats
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import TestSupport
import Testing

@Suite("A paper form is a claim if it is read without doubt, and waits for a person otherwise", .postgres)
struct FormIntakeTests {
  @Test("without doubt: a claim under the digest of its page, and nothing is kept", arguments: StoreKind.allCases)
  func sure(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let form = SampleForm()
    let taken = try await office.take(form)
    let claim = try #require(taken.first?.claim)
    #expect(taken.count == 1 && claim.claimNumber == ClaimNumber("FORM-1") && claim.charge == Money(cents: 20_000))
    #expect(try claim.digest == form.found().digest)
    #expect(try await office.store.read { try $0.formCounts() }.isEmpty)
  }

  @Test(
    "in doubt: on record once, with its pages, however often and from wherever it comes", arguments: StoreKind.allCases)
  func once(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let form = SampleForm { $0.faint = ["G0463"] }
    let first = try await office.take(form)
    let again = try await office.take(form, from: "scans/other.tiff")
    let kept = try #require(first.first?.kept)
    #expect(again.first?.kept == kept && kept.doubts == 1 && !kept.isDiscarded)
    let paper = try await office.form(kept.id)
    #expect(paper.row.source == "scans/a.pdf" && paper.row.receivedOn == FormOffice.day)
    #expect(paper.current.doubtful.map(\.field) == ["24D.1"] && paper.current.doubtful[0].doubts == [.faint])
    #expect(try await office.store.read { try $0.pages(ofForm: kept.id) } == form.found().pages)
    #expect(try await office.store.read { try $0.formCounts() } == [.waiting: 1])
  }

  @Test("what makes no claim waits too, although no field is in doubt", arguments: StoreKind.allCases)
  func noClaim(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let kept = try #require(try await office.take(SampleForm { $0.total = "250" }).first?.kept)
    #expect(kept.doubts == 1)
    #expect(try await office.form(kept.id).current.doubtful.map(\.field) == ["28"])
  }

  @Test("a form on record stays what it is there, however it reads by now", arguments: StoreKind.allCases)
  func stays(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let id = try await office.waiting(SampleForm { $0.faint = ["G0463"] })
    #expect(try await office.take(SampleForm()).first?.kept?.id == id, "the engine is better now; the form waits on")
    _ = try await office.desk().correct(id, "24D.1", to: "G0463")
    let accepted = try await office.accept(id)
    #expect(try await office.take(SampleForm { $0.faint = ["G0463"] }).first?.claim == accepted.claim)
  }

  @Test("forms of one file are taken one by one", arguments: StoreKind.allCases)
  func several(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let taken = try await office.take(
      SampleForm(), SampleForm { ($0.number, $0.paper, $0.faint) = ("FORM-2", "b", ["FORM-2"]) },
      SampleForm { ($0.number, $0.paper) = ("FORM-3", "c") })
    #expect(taken.map { $0.claim?.claimNumber.text } == ["FORM-1", nil, "FORM-3"])
    #expect(taken[1].kept != nil)
  }

  @Test(
    "a page that cannot be read is reported, and the forms of the other pages are taken", arguments: StoreKind.allCases)
  func onePageUnreadable(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let fault = FileFault(what: "page 2: the picture is damaged", advice: "scan it again")
    let taken = try await office.take(
      SampleForm(), SampleForm { ($0.number, $0.paper, $0.faint) = ("FORM-2", "b", ["FORM-2"]) }, faults: [fault])
    #expect(taken.map { $0.claim?.claimNumber.text } == ["FORM-1", nil, nil])
    #expect(taken[1].kept != nil)
    guard case .item(.fault(let reported), _) = taken[2] else {
      Issue.record("the page is not reported")
      return
    }
    #expect(reported == fault)
  }
}
