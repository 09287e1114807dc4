package import BankProtocol
package import ClaimsDomain

/// What a store knows of the bank that it is paid from.
package protocol BankRecords {
  /// The bank on record; nil before the first intent to pay.
  func bankLink() throws -> BankLink?

  /// Puts the bank on record, for good.
  ///
  /// - Throws: `StoreFailure.otherBank` when another bank is on record.
  func link(to bank: BankLink) throws

  /// Notes where the linked bank was last found.
  func note(_ address: BankLink.Address) throws

  /// Notes that every transfer of the bank up to this number is accounted for here. The number only grows.
  func account(through transfer: Int64) throws

  /// The numbers of the transfers that this store accounts for: it ordered the payment or its return, or it has found the
  /// transfer before.
  func accountedFor(among transfers: [BankTransfer]) throws -> Set<Int64>

  /// The payment on record with the newest of the bank's numbers; nil before the first.
  func newestPayment() throws -> (transferID: String, claim: ClaimIntakeID)?

  /// Whether money may have moved for this store: a payment was intended at some bank.
  func hasPayments() throws -> Bool

  /// Keeps transfers that the bank has made and that no payment here accounts for. Those kept before are left as they
  /// are.
  func keep(found transfers: [BankTransfer]) throws

  /// Found transfers for these claims, oldest first.
  func foundTransfers(for claims: [ClaimIntakeID]) throws -> [BankTransfer]

  /// The found transfers that went out for claims of these origins, that nothing here accounts for and that have not come
  /// back.
  func openTransfers(ofOrigins origins: [ClaimIntakeID]) throws -> [BankTransfer]

  /// The same, for who acts on what is found: nobody else does before the transaction ends.
  func lockFoundTransfers(for claims: [ClaimIntakeID]) throws -> [BankTransfer]

  /// The found transfer that the bank knows by this id; nil where none was found.
  func foundTransfer(named id: String) throws -> BankTransfer?

  /// A page of the found transfers that are still open, oldest first: no payment here accounts for them and they have not
  /// come back, or they have, and a payment was refused because of them; and those by which the money of a payment that is
  /// paid here came back.
  func unaccountedTransfers(after number: Int64, limit: Int) throws -> [BankTransfer]
}

/// Which bank a store is paid from.
package struct BankLink: Hashable, Sendable {
  package var bank: BankID
  /// Where it was last found. The identity decides; the address only helps to find it.
  package var address: Address
  /// Every transfer of the bank up to this number is accounted for in the store.
  package var accountedThrough: Int64

  package enum Address: Hashable, Sendable, CustomStringConvertible {
    /// The absolute path of the books of a bank in the process.
    case file(String)
    /// The address of a bank that is a server.
    case gateway(String)

    /// Reads what `description` writes.
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

  package init(bank: BankID, address: Address, accountedThrough: Int64 = 0) {
    self.bank = bank
    self.address = address
    self.accountedThrough = accountedThrough
  }
}
