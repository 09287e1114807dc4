import BankProtocol
import BankSimulator
import ClaimPipeline
import ClaimsDomain
import DurableExecution
import TestSupport
import Testing

/// A repeated request gets the stored bytes, not a newly created answer.
@Suite(.temporaryFolder) struct StoredAnswerTests {
  @Test func `each operation replays its own first answer byte for byte, also after a restart`() async throws {
    let folder = try BankFolder()
    let order = PaymentOrder.sample()
    let first = try await answers(folder.open(), order)
    #expect(first.map(\.isReplay) == [false, false, false])
    #expect(first.map(\.status) == [201, 200, 200])
    #expect(Set(first.map(\.body)).count == 3)

    for _ in 0..<2 {
      let again = try await answers(folder.open(), order)
      #expect(again.map(\.isReplay) == [true, true, true])
      #expect(again.map(\.body) == first.map(\.body))
      #expect(again.map(\.status) == first.map(\.status))
      #expect(again.map(\.contentType) == first.map(\.contentType))
    }
  }

  @Test func `a refused payee is no stored answer: it is refused anew, and not as a replay`() async throws {
    let bank = try BankFolder().open(refusing: ["closed"])
    let order = PaymentOrder.sample(payee: "closed")
    let first = try only(await bank.prepare([order]))
    let again = try only(await bank.prepare([order]))
    #expect(first.status == 422 && first.contentType == "application/problem+json")
    #expect(again.body == first.body && !again.isReplay && !first.isReplay)
  }

  @Test func `a batch repeats a key within itself like anybody else`() async throws {
    let bank = try BankFolder().open()
    let answers = try await bank.prepare([.sample(), .sample()])
    #expect(answers.map(\.response.isReplay) == [false, true])
    #expect(answers[0].response.body == answers[1].response.body)
  }

  private func answers(_ bank: Bank, _ order: PaymentOrder) async throws -> [BankResponse] {
    let prepared = try await bank.prepare([order])
    let committed = try await bank.commit([CommitRequest(order)])
    let voided = try await bank.void([.sample()])
    return [try only(prepared), try only(committed), try only(voided)]
  }
}
