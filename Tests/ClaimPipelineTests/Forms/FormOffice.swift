import BankProtocol
import BankSimulator
import ClaimFormats
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import TestSupport
import Testing

/// A payer's world in which forms come in and wait at the intake desk.
struct FormOffice: Sendable {
  let world: ClaimsWorld
  let store: ClaimStore

  static let day = CalendarDate(year: 2026, month: 3, day: 9) ?? .openEnd

  init(on kind: StoreKind) async throws {
    world = try ClaimsWorld(on: kind)
    store = try await world.openStore()
  }

  /// Takes in a file with forms.
  ///
  /// - Parameter faults: those of the file's other pages.
  func take(
    _ forms: SampleForm..., faults: [FileFault] = [], from source: String = "scans/a.pdf"
  ) async throws -> [FormIntake.Taken] {
    try await FormIntake(store, source: SampleFormSource(forms, faults: faults), receivedOn: Self.day)
      .take([], from: source)
  }

  /// Takes in a form that waits, and returns its ID.
  func waiting(_ form: SampleForm) async throws -> FormID {
    guard case .kept(let kept) = try await take(form).first else { throw NotWaiting() }
    return kept.id
  }

  struct NotWaiting: Error {}

  func desk(of person: String = "pat", reason: String = "as the picture shows") throws -> FormDesk {
    FormDesk(store, by: try SignOff(by: person, reason: reason))
  }

  func form(_ id: FormID) async throws -> PaperForm {
    try #require(try await store.read { try $0.paperForm(id) })
  }

  func processor(over store: ClaimStore? = nil, bank: (any PaymentBank)? = nil) -> ClaimProcessor {
    ClaimProcessor(
      store: store ?? self.store, runner: ClaimsWorld.runner(), bank: bank ?? EmbeddedBank(world.bank),
      ruleset: world.ruleset, settings: .init(enrollment: SampleRuleset.planID, patience: .zero))
  }

  /// Accepts a form as a process of its own does.
  func accept(_ id: FormID, as person: String = "pat", limit: Money? = nil) async throws -> AcceptedForm {
    try await desk(of: person).accept(id, limit: limit, by: processor())
  }
}

extension FormIntake.Taken {
  var claim: SubmittedClaim? {
    if case .item(.claim(let claim, _), _) = self { claim } else { nil }
  }

  var kept: KeptForm? {
    if case .kept(let form) = self { form } else { nil }
  }
}

extension AcceptedForm {
  var status: ClaimStatus? {
    if case .audited(let audited) = end { audited.row.status } else { nil }
  }
}
