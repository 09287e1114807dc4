import BankSimulator
import ClaimFormats
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableTesting
import TestSupport
import Testing
import Verification

@Suite("An acceptance that is cut short anywhere is finished, and is one claim", .postgres)
struct FormCrashTests {
  /// The other calls are those of any claim: `CrashMatrixTests` has their faults.
  @Test(
    "with one fault at any call for the form, the form is one claim that is paid once",
    arguments: StoreKind.allCases)
  func everySingleFault(on kind: StoreKind) async throws {
    let calls = try await Self.accept(on: kind, [:])
    let commit = try #require(calls.firstIndex(of: "commit"), "\(calls)")
    let points = calls.indices.prefix(commit + 2).filter { index in
      calls[index].hasPrefix("forms.") || ["begin", "commit"].contains(calls[index])
    }
    #expect(Set(points.map { calls[$0] }).isSuperset(of: ["forms.update", "forms.insertAct"]), "\(calls)")
    for number in points.map({ $0 + 1 }) {
      for fault in FaultScript.Fault.differing(at: calls[number - 1]) {
        _ = try await Self.accept(on: kind, [number: fault])
      }
    }
  }

  /// - Returns: the calls of the run.
  private static func accept(on kind: StoreKind, _ plan: [Int: FaultScript.Fault]) async throws -> [String] {
    let office = try await FormOffice(on: kind)
    let id = try await office.waiting(SampleForm { $0.faint = ["G0463"] })
    _ = try await office.desk().correct(id, "24D.1", to: "G0463")
    let script = FaultScript(plan)
    var status: ClaimStatus?
    var lives = 0
    while status == nil, lives < 6 {
      lives += 1
      do {
        let store = try await office.world.openStore(probe: script.probe)
        let bank = ScriptedBank(bank: EmbeddedBank(office.world.bank), script: script)
        let desk = FormDesk(store, by: try SignOff(by: "pat", reason: "checked"))
        status = try await desk.accept(id, by: office.processor(over: store, bank: bank)).status
      } catch is FaultScript.Crash {
      } catch is StoreFailure {
      }
      script.revive()
      office.world.letLeasesEnd()
    }
    #expect(status == .paid, "\(plan)")
    let form = try await office.form(id)
    let claim = try #require(form.row.state.claim, "\(plan)")
    #expect(form.acts.count == 2, "\(plan)")
    #expect(try await office.world.standingPayments() == [claim.text: 1], "\(plan)")
    #expect(try await Verifier(store: office.store).verify().findings == [], "\(plan)")
    return script.calls
  }

  @Test("nobody has to accept it again: whoever finishes what is unfinished finishes it", arguments: StoreKind.allCases)
  func resumed(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let id = try await office.waiting(SampleForm { $0.faint = ["G0463"] })
    _ = try await office.desk().correct(id, "24D.1", to: "G0463")
    // The process dies after the acceptance is committed, before the claim is decided.
    let form = try await office.form(id)
    guard case .claim(let claim, _) = form.item else { throw FormOffice.NotWaiting() }
    let processor = office.processor()
    try await office.store.transaction { transaction in
      let received = try processor.receiving(on: FormOffice.day).receive(claim, in: transaction)
      let signOff = try SignOff(by: "pat", reason: "checked")
      let act = FormAct(.accept, by: signOff, at: try transaction.now)
      try transaction.replace(form.row.ended(.accepted(received)), by: act)
    }
    #expect(try await processor.resume().finished == 1)
    #expect(try await office.world.standingPayments().values.sorted() == [1])
    #expect(try await office.accept(id).status == .paid)
    #expect(try await office.world.standingPayments().values.sorted() == [1])
  }
}
