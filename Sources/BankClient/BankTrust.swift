package import BankProtocol
import DurableExecution
package import Signatures

/// What a client holds its bank to, and how it signs what it sends.
package struct BankTrust: Sendable {
  /// The bank that requests are meant for.
  package let bank: BankID
  /// The key on record that the bank signs its receipts with; nil if none is on record.
  package let key: VerifyingKey?
  /// Signs the requests; nil to send them unsigned.
  package let signer: OrderSigner?

  package init(bank: BankID, key: VerifyingKey? = nil, signer: OrderSigner? = nil) {
    self.bank = bank
    self.key = key
    self.signer = signer
  }

  var receipts: ReceiptPolicy {
    key.map { .required(ReceiptVerifier(bank: bank, key: $0, issuer: signer?.issuer)) } ?? .ignored
  }

  /// Why a response is not believed, whatever it says; nil if it names the bank and its key.
  func refusal(bankID: String?, bankKey: String?, from place: String) -> ActivityFailure? {
    guard bankID == bank.text else { return .gatewayRefusal(.otherBank, place) }
    guard key == nil || bankKey == key?.id else { return .otherBankKey(place) }
    return nil
  }
}

/// Who answers at an address.
package struct BankIdentity: Hashable, Sendable {
  package let bank: BankID
  /// The key that it publishes for its receipts; nil for a bank without one.
  package let key: VerifyingKey?
}
