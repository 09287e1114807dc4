package import BankProtocol
package import ClaimsDomain
package import Signatures

/// The store's records of the bank that pays its claims.
package protocol BankRecords {
  /// The bank on record; nil before the first intent to pay.
  func bankLink() throws -> BankLink?

  /// Records the bank permanently.
  ///
  /// - Throws: `OtherBank` when another bank is on record.
  func link(to bank: BankLink) throws

  /// Records the key that the linked bank signs its receipts with, if none is on record.
  func pin(_ key: VerifyingKey) throws

  /// Records where the linked bank was last found.
  func note(_ address: BankLink.Address) throws

  /// Records that every transfer of the bank up to this number is accounted for. The number only increases.
  func account(through transfer: Int64) throws

  /// The numbers of the transfers that this store accounts for: it ordered the payment or its return, or has found the
  /// transfer before.
  func accountedFor(among transfers: [BankTransfer]) throws -> Set<Int64>

  /// The recorded payment with the newest transfer number of the bank; nil before the first payment.
  func newestPayment() throws -> (transferID: String, claim: ClaimIntakeID)?

  /// Whether money may have moved for this store, because a payment was intended at some bank.
  func hasPayments() throws -> Bool

  /// Stores transfers that the bank has made and that no payment here accounts for. Transfers stored before are left
  /// unchanged.
  func keep(found transfers: [BankTransfer]) throws

  /// The found transfers for these claims, oldest first.
  func foundTransfers(for claims: [ClaimIntakeID]) throws -> [BankTransfer]

  /// The found outgoing transfers for claims with these origins that nothing here accounts for and that were not
  /// returned.
  func openTransfers(ofOrigins origins: [ClaimIntakeID]) throws -> [BankTransfer]

  /// The found transfers for these claims, locked until the transaction ends, for a caller that acts on them.
  func lockFoundTransfers(for claims: [ClaimIntakeID]) throws -> [BankTransfer]

  /// What a payment for these claims, to these payees, has to take into account, in one question. The transfers are
  /// locked as above, and no hold on a payee begins or ends before the transaction ends.
  func lookBeforePaying(_ claims: [ClaimIntakeID], to payees: [String]) throws -> PayingLook

  /// The found transfer with the bank's ID; nil if none was found.
  func foundTransfer(named id: String) throws -> BankTransfer?

  /// A page of the found transfers that are still open, oldest first. These are the transfers that no payment here
  /// accounts for and that were not returned, returned transfers that caused a payment to be refused, and transfers
  /// that returned the money of a payment that is paid here.
  func unaccountedTransfers(after number: Int64, limit: Int) throws -> [BankTransfer]
}

/// What a payment has to take into account.
package struct PayingLook: Sendable {
  /// The found transfers for the claims, oldest first.
  package var found: [BankTransfer]
  /// The amounts that the payees owe. Payees who owe nothing are absent.
  package var owed: [String: Money]
  /// The payees to whom nothing may be paid.
  package var onHold: Set<String>

  package init(found: [BankTransfer] = [], owed: [String: Money] = [:], onHold: Set<String> = []) {
    (self.found, self.owed, self.onHold) = (found, owed, onHold)
  }
}

/// The bank that a store pays from.
package struct BankLink: Hashable, Sendable {
  package var bank: BankID
  /// Where the bank was last found. The identity is decisive; the address only helps to find the bank.
  package var address: Address
  /// The number through which every transfer of the bank is accounted for in the store.
  package var accountedThrough: Int64
  /// The key that the bank signs its receipts with; nil for a bank that had none when it was recorded. Another key is
  /// another bank.
  package var key: VerifyingKey?

  package enum Address: Hashable, Sendable, CustomStringConvertible {
    /// The absolute path of an embedded bank's books.
    case file(String)
    /// The address of a bank server.
    case gateway(String)

    /// Parses the text that `description` returns.
    package init(parsing text: String) {
      self = text.hasPrefix("file:") ? .file(String(text.dropFirst("file:".count))) : .gateway(text)
    }

    package var description: String {
      switch self {
      case .file(let path): "file:\(path)"
      case .gateway(let url): url
      }
    }
  }

  package init(bank: BankID, address: Address, accountedThrough: Int64 = 0, key: VerifyingKey? = nil) {
    self.bank = bank
    self.address = address
    self.accountedThrough = accountedThrough
    self.key = key
  }
}

/// The store is paid from another bank, or another stand-in for one, than the one given. Nothing was done.
package struct OtherBank: Error, Hashable, CustomStringConvertible {
  package let linked: BankID
  package let given: BankID

  package init(linked: BankID, given: BankID) {
    self.linked = linked
    self.given = given
  }

  package var description: String {
    guard linked != given else {
      return "bank \(linked) signs with another key than the one on record; nothing was done"
    }
    return "the store is paid from bank \(linked), and this is bank \(given); nothing was done"
  }
}
