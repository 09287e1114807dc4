import ClaimPipeline
import DurableExecution
import Foundation
import TestSupport
import Testing

@testable import BankProtocol

/// How a client reads the bank's answers.
@Suite struct BankAnswerTests {
  private static let receipt = #"{"amount":"125.50","tracking_id":"trk-1","transfer_id":"transfer-1"}"#
  private static let standing =
    #"{"amount":"125.50","payee":"1234567893","payer":"SAMPLE01","reference":"claim-1","state":"committed","#
    + #""tracking_id":"trk-1","transfer_id":"transfer-1"}"#

  @Test func `a receipt and a standing are taken at their word`() {
    #expect(reply(Self.receipt).value != nil)
    guard case .done = answer(Self.standing).standing(of: .sample()) else {
      Issue.record("the client did not accept a status that matches the order")
      return
    }
  }

  /// Answers that two JSON readers could read differently.
  @Test(arguments: [
    (#""amount":"125.50""#, #""amount":"1.00","amount":"125.50""#),
    (#""transfer-1""#, #""transfer-1\u0000x""#), (#""transfer-1""#, #""transfer-1\ud800""#),
    (#""transfer-1"}"#, #""transfer-1"} {}"#),
  ])
  func `an answer that can be read in two ways leaves the outcome unclear`(_ part: String, _ forged: String) {
    #expect(reply(Self.receipt.replacing(part, with: forged)).unclear == "gateway-error")
    guard case .unknown = answer(Self.standing.replacing(part, with: forged)).standing(of: .sample()) else {
      Issue.record("the client accepted a status that can be read in two ways")
      return
    }
  }

  @Test func `a refusal that can be read in two ways refuses nothing`() {
    let refusal = #"{"code":"payee-refused","title":"t","type":"about:blank","status":422,"detail":"d"}"#
    #expect(reply(refusal, status: 422).refusal != nil)
    let forged = refusal.replacing(#""code""#, with: #""code":"payment-voided","code""#)
    #expect(reply(forged, status: 422).unclear != nil)
  }

  private func reply(_ body: String, status: Int = 200) -> RemoteReply<BankReceipt> {
    answer(body, status: status).reply(as: BankReceipt.self) { $0.settles(.sample()) }
  }

  private func answer(_ body: String, status: Int = 200) -> BankAnswer {
    let type = status == 200 ? "application/json" : ProblemDocument.contentType
    return BankAnswer(
      response: BankResponse(status: status, contentType: type, body: Data(body.utf8)), place: "test",
      receipts: .ignored)
  }
}
