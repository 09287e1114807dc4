import ClaimPipeline
import ClaimsDomain
import DurableExecution
import Foundation

/// How a client understands an answer of the bank. It is the same whether the bank sits next door or over the wire.
struct BankAnswer {
  let response: BankResponse
  /// Where the bank is, for failures: host and port, or that it is embedded.
  let place: String

  /// - Parameter makesSense: whether a success says what was asked; one that does not leaves the outcome unclear.
  func reply<Value: Decodable & Sendable>(
    as type: Value.Type, where makesSense: (Value) -> Bool
  ) -> RemoteReply<Value> {
    switch response.status {
    case 200..<300:
      guard let value = try? Self.decoder.decode(type, from: response.body), makesSense(value) else {
        return .unclear(.gatewayNonsense(place))
      }
      return .done(value)
    case 409 where problem?.code == BankProblem.fenced.rawValue:
      return .fenced
    default:
      return refusal.map { .refused($0) } ?? .unclear(.gatewayStatus(response.status, place))
    }
  }

  func standing(of order: PaymentOrder) -> RemoteStanding<BankReceipt> {
    switch response.status {
    case 200..<300:
      guard let document = try? Self.decoder.decode(StandingDocument.self, from: response.body),
        document.trackingID == order.trackingID
      else { return .unknown(.gatewayNonsense(place)) }
      return standing(document)
    case 404 where problem?.code == BankProblem.unknownPayment.rawValue:
      return .neverHeardOf
    case 409 where problem?.code == BankProblem.fenced.rawValue:
      return .fenced
    default:
      return .unknown(refusal ?? .gatewayStatus(response.status, place))
    }
  }

  private func standing(_ document: StandingDocument) -> RemoteStanding<BankReceipt> {
    switch (document.state, document.transferID) {
    case (.prepared, _):
      return .prepared
    case (.committed, let transferID?), (.voided, let transferID?):
      // A payment that was made and taken back later was made: the void is an effect of its own.
      return .done(BankReceipt(trackingID: document.trackingID, transferID: transferID, amount: document.amount))
    case (.voided, nil):
      return .refused(.gatewayRefusal(.paymentVoided, place))
    case (.committed, nil):
      return .unknown(.gatewayNonsense(place))
    }
  }

  /// Set when the bank itself said no for good. A 4xx of anybody else (a proxy, another server at that address) does
  /// not say what the bank did.
  private var refusal: ActivityFailure? {
    guard (400..<500).contains(response.status), let problem, let known = BankProblem(rawValue: problem.code),
      known.isDefinitive
    else { return nil }
    return .gatewayRefusal(known, place)
  }

  private var problem: ProblemDocument? {
    guard response.contentType.hasPrefix(ProblemDocument.contentType) else { return nil }
    return try? Self.decoder.decode(ProblemDocument.self, from: response.body)
  }

  private static let decoder = JSONDecoder()
}
