import ClaimsDomain
package import DurableExecution

/// A client's interpretation of the bank's response, the same for an embedded bank and a bank server.
package struct BankAnswer {
  private let response: BankResponse
  /// The bank's location, for failure messages: host and port, or that it is embedded.
  private let place: String
  private let receipts: ReceiptPolicy

  package init(response: BankResponse, place: String, receipts: ReceiptPolicy) {
    self.response = response
    self.place = place
    self.receipts = receipts
  }

  /// The reply to a commit.
  package func committed(_ order: PaymentOrder) -> RemoteReply<BankReceipt> {
    let reply = reply(as: BankReceipt.self) { $0.settles(order) }
    guard case .done(let receipt) = reply else { return reply }
    return proven(receipt, order).map { .done($0) } ?? .unclear(.receiptInvalid(place))
  }

  /// The reply to a void. If no money had gone out, there is no transfer and no receipt.
  package func voided(_ order: VoidOrder) -> RemoteReply<VoidReceipt> {
    let reply = reply(as: VoidReceipt.self) { $0.settles(order) }
    guard case .done(var receipt) = reply, !receipt.transferID.isEmpty else { return reply }
    switch receipts {
    case .ignored: return reply
    case .kept: break
    case .required(let verifier):
      guard let text = response.receipt, verifier.accepts(text, of: receipt, for: order) else {
        return .unclear(.receiptInvalid(place))
      }
    }
    receipt.signed = response.receipt
    return .done(receipt)
  }

  /// The receipt with what the bank has signed; nil if it had to sign and did not.
  private func proven(_ receipt: BankReceipt, _ order: PaymentOrder) -> BankReceipt? {
    var receipt = receipt
    switch receipts {
    case .ignored: return receipt
    case .kept: break
    case .required(let verifier):
      guard let text = response.receipt, verifier.accepts(text, of: receipt, for: order) else { return nil }
    }
    receipt.signed = response.receipt
    return receipt
  }

  /// - Parameter makesSense: whether a success matches the request; if it does not, the outcome is unclear.
  package func reply<Value: Decodable & Sendable>(
    as type: Value.Type, where makesSense: (Value) -> Bool
  ) -> RemoteReply<Value> {
    switch response.status {
    case 200..<300:
      guard let value = response.document(type), makesSense(value) else {
        return .unclear(.gatewayNonsense(place))
      }
      return .done(value)
    case 409 where problem?.code == BankProblem.fenced.rawValue:
      return .fenced
    default:
      return refusal.map { .refused($0) } ?? .unclear(unclear)
    }
  }

  package func standing(of order: PaymentOrder) -> RemoteStanding<BankReceipt> {
    switch response.status {
    case 200..<300:
      guard let document = response.document(StandingDocument.self),
        document.trackingID == order.trackingID
      else { return .unknown(.gatewayNonsense(place)) }
      guard document.agrees(with: order) else { return .unknown(.bankContradicts(place)) }
      return standing(document, of: order)
    case 404 where problem?.code == BankProblem.unknownPayment.rawValue:
      return .neverHeardOf
    case 409 where problem?.code == BankProblem.fenced.rawValue:
      return .fenced
    default:
      return .unknown(unclear)
    }
  }

  private func standing(_ document: StandingDocument, of order: PaymentOrder) -> RemoteStanding<BankReceipt> {
    switch (document.state, document.transferID) {
    case (.prepared, _):
      return .prepared
    case (.committed, let transferID?), (.voided, let transferID?):
      // A payment that was voided later was still made: the void is a separate effect.
      let receipt = BankReceipt(trackingID: document.trackingID, transferID: transferID, amount: document.amount)
      guard receipt.isWellFormed else { return .unknown(.gatewayNonsense(place)) }
      return proven(receipt, order).map { .done($0) } ?? .unknown(.receiptInvalid(place))
    case (.voided, nil):
      return .refused(.gatewayRefusal(.paymentVoided, place))
    case (.committed, nil):
      return .unknown(.gatewayNonsense(place))
    }
  }

  /// The failure if the bank itself has definitively refused; otherwise nil. A 4xx from anything else (a proxy, another
  /// server at that address) does not say what the bank did.
  private var refusal: ActivityFailure? {
    guard (400..<500).contains(response.status), let problem, let known = BankProblem(rawValue: problem.code),
      known.isDefinitive
    else { return nil }
    return .gatewayRefusal(known, place)
  }

  /// The failure for a response that is neither a success nor a refusal.
  package var unclear: ActivityFailure {
    if let problem, let known = BankProblem(rawValue: problem.code),
      known.isAboutTheCaller
    {
      return .gatewayRefusal(known, place)
    }
    return .gatewayStatus(response.status, place)
  }

  private var problem: ProblemDocument? {
    guard response.contentType.hasPrefix(ProblemDocument.contentType) else { return nil }
    return response.document(ProblemDocument.self)
  }
}

extension StandingDocument {
  /// Whether the document describes the payment that was ordered, with the exact amount.
  fileprivate func agrees(with order: PaymentOrder) -> Bool {
    amount == order.amount && payer == order.payer && payee == order.payee.reference && reference == order.reference
  }
}

extension BankReceipt {
  /// Whether this is the receipt for the order, with the same payment and amount.
  package func settles(_ order: PaymentOrder) -> Bool {
    trackingID == order.trackingID && amount == order.amount && isWellFormed
  }

  /// Whether the transfer number can be recorded and displayed: it is nonempty, short, and without control characters.
  package var isWellFormed: Bool { transferID.isTransferNumber }
}

extension VoidReceipt {
  /// Whether this receipt settles the order. A receipt without a transfer number says that no money went out. It is not
  /// signed, so it does not settle an order whose payer knows that money went out.
  package func settles(_ order: VoidOrder) -> Bool {
    trackingID == order.trackingID && (transferID.isEmpty ? !order.bringsBack : transferID.isTransferNumber)
  }
}

extension PreparedPayment {
  /// Whether the reply names a payment that can be committed.
  package var isWellFormed: Bool { trackingID.text.isTransferNumber }
}

extension String {
  fileprivate var isTransferNumber: Bool {
    !isEmpty && utf8.count <= BankLimits.text
      && !unicodeScalars.contains { $0.properties.generalCategory == .control }
  }
}
