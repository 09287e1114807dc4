import BankProtocol
import BankSimulator
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableSQL
import Synchronization
import TestSupport
import Testing

@Suite("A claim that the store cannot store", .postgres)
struct PoisonClaimTests {
  private static let poison = 76

  private static func claims() -> [SubmittedClaim] {
    (0..<200).map { SampleClaim.make("A-\($0)", member: "W-\($0)") }
  }

  @Test(
    "does not keep the other 199 in its batch from being paid, and is not paid itself", arguments: StoreKind.allCases)
  func nul(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    var claims = Self.claims()
    claims[Self.poison].billingProvider.npi = "\0"
    for _ in 1...2 {
      let words = try await process(claims, world, store).map(\.word)
      #expect(words.count { $0 == "paid" } == 199 && words[Self.poison] != "paid", "\(words[Self.poison])")
      #expect(try await world.bank.transfers().count == 199)
    }
  }

  @Test(
    "is found by halving its batch: one in 200 needs a dozen more transactions, and not two hundred",
    arguments: StoreKind.allCases)
  func halved(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let begun = Atomic(0)
    let probe = StoreProbe(before: { if $0 == .begin { begun.add(1, ordering: .relaxed) } }, after: { _ in })
    let store = try await world.openStore(probe: probe)
    try await world.place.refuse("INSERT", on: "claims", when: "NEW.claim_number = 'A-\(Self.poison)'")
    let ended = try await process(Self.claims(), world, store)
    #expect(ended.count { $0.word == "paid" } == 199)
    guard case .unsettled(let unsettled) = ended[Self.poison] else {
      Issue.record("\(ended[Self.poison].word)")
      return
    }
    #expect(unsettled.reason.followUp == .person && !unsettled.isPaymentUnknown)
    #expect(try await world.bank.transfers().count == 199)
    // Sixteen transactions to find the claim, and one record for each of the nine parts.
    #expect(begun.load(ordering: .relaxed) < 40)
  }

  @Test(
    "counts as neither paid nor unpaid if the bank has paid it, until its payment can be recorded",
    arguments: StoreKind.allCases)
  func recorded(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    let id = ClaimIntakeID.sample(Self.claims()[Self.poison])
    try await world.place.refuse(
      "UPDATE", on: "payments", when: "NEW.state = 'paid' AND NEW.claim_intake_id = '\(id)'")
    let ended = try await process(Self.claims(), world, store)
    #expect(ended.count { $0.word == "paid" } == 199)
    guard case .unsettled(let unsettled) = ended[Self.poison] else {
      Issue.record("\(ended[Self.poison].word)")
      return
    }
    #expect(unsettled.reason.followUp == .person && unsettled.isPaymentUnknown && unsettled.row?.id == id)
    #expect(try await world.bank.transfers().count == 200)

    try await world.place.accept()
    world.letLeasesEnd()
    #expect(try await process(Self.claims(), world, store).allSatisfy { $0.word == "paid" })
    #expect(try await world.bank.transfers().count == 200)
  }

  private func process(
    _ claims: [SubmittedClaim], _ world: ClaimsWorld, _ store: ClaimStore
  ) async throws -> [EndedClaim] {
    try await world.process(claims, on: store)
  }
}

extension ClaimIntakeID {
  static func sample(_ claim: SubmittedClaim) -> ClaimIntakeID { IntakeKey.claimID(under: IntakeKey(of: claim).text) }
}
