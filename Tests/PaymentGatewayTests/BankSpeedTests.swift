import ClaimPipeline
import PaymentGateway
import TestSupport
import Testing

@Suite(.temporaryFolder) struct BankSpeedTests {
  @Test func `a batch of 200 payments is prepared and committed in a few milliseconds`() async throws {
    let folder = try BankFolder()
    let bank = EmbeddedBank(try folder.open())
    var best = Duration.seconds(60)
    for round in 0..<10 {
      let orders = (0..<200).map { PaymentOrder.sample(round * 200 + $0) }
      let spent = await ContinuousClock().measure {
        _ = await bank.prepare(orders)
        _ = await bank.commit(orders)
      }
      best = min(best, spent)
    }
    print("prepare and commit of 200 payments: \(best)")
    // Generous, since tests run unoptimised and beside each other; a transaction for each payment would miss it.
    #expect(best < .seconds(1))
  }
}
