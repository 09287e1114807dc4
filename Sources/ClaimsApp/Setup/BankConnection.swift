import BankClient
package import BankProtocol
import BankSimulator
package import ClaimOperations
import ClaimPipeline
package import ClaimStore
import ClaimsDomain
import DurableExecution
import Foundation
import Signatures

/// The bank of a store. It is located through the store's records, and its identity is checked before anything is sent.
package struct BankConnection: Sendable {
  package let bank: any PaymentBank
  package let books: any BankBooks
  /// The identity of the bank, and where it was found.
  package let link: BankLink
  /// Whether the store has the bank on record.
  package let isOnRecord: Bool

  package enum Purpose: Sendable {
    /// To pay: a store without a bank is given one, whose books are created next to the store. A missing bank is an
    /// error.
    case pay
    /// To look: nothing is created or recorded, and a missing bank is treated as no bank.
    case look
  }
}

/// Where to find the bank, as given on the command line.
package struct BankOptions: Hashable, Sendable {
  /// The address of a bank that runs as a server.
  package var gateway: String?
  /// The file with the books of a bank that runs in this process.
  package var books: String?

  package init(gateway: String? = nil, books: String? = nil) {
    self.gateway = gateway
    self.books = books
  }

  /// Checks the options as far as is possible before the store is open.
  ///
  /// - Throws: `SetupError.usage`.
  package func check(for store: StoreLocation) throws(SetupError) {
    guard gateway == nil || books == nil else {
      throw .usage("--gateway and --bank-db name two banks; a store has one")
    }
    if case .postgres = store, gateway == nil {
      throw .usage(
        "a PostgreSQL store is shared, so its bank has to be one that all who use the store can reach: name it with "
          + "--gateway URL; `claims gateway --db FILE` runs one")
    }
  }

  /// Returns the address and identity of whichever bank the gateway is; nil without a gateway.
  ///
  /// - Throws: `SetupError.usage`, `SetupError.unavailable` when the bank does not respond.
  func gatewayIdentity() async throws(SetupError) -> (url: BankURL, identity: BankIdentity)? {
    guard let gateway else { return nil }
    let url: BankURL
    do {
      url = try BankURL(gateway)
    } catch {
      throw .usage("--gateway: \(error)")
    }
    do {
      return (url, try await HTTPPaymentBank(url).identity())
    } catch {
      throw .unavailable(error.message)
    }
  }
}

extension BankConnection {
  /// Finds the bank of a store.
  ///
  /// - Parameters:
  ///   - purpose: what the bank is needed for.
  /// - Returns: nil when there is no bank to look at.
  /// - Throws: `SetupError` when a bank other than the store's is named, or the store's bank is missing;
  ///   `StoreFailure`.
  package static func find(
    _ options: BankOptions, of store: ClaimStore, at location: StoreLocation, to purpose: Purpose
  ) async throws -> BankConnection? {
    let (linked, hasPayments) = try await store.read { (try $0.bankLink(), try $0.hasPayments()) }
    if linked == nil, hasPayments {
      throw SetupError.unavailable(
        "\(location): payments were made, and which bank made them is not on record; restore the store from a backup")
    }
    let found: BankConnection?
    if let (url, identity) = try await options.gatewayIdentity() {
      let signer =
        switch purpose {
        case .pay: try await IssuerKey.signer(of: store)
        case .look: try await IssuerKey.existingSigner(of: store)
        }
      let trust = BankTrust(bank: identity.bank, key: identity.key, signer: signer)
      let bank = HTTPPaymentBank(url, trusting: trust)
      found = BankConnection(
        bank: bank, books: bank,
        link: BankLink(bank: identity.bank, address: .gateway("\(url)"), key: identity.key), isOnRecord: linked != nil)
    } else {
      found = try embedded(options, linked, location, purpose)
    }
    guard let found else { return nil }
    guard linked == nil || linked?.bank == found.link.bank else {
      throw SetupError.usage(
        "\(location) is paid from bank \(linked?.bank.text ?? "") (\(linked?.address.description ?? "")), and "
          + "\(found.link.address) is bank \(found.link.bank); nothing was done: name the store's own bank")
    }
    if let pinned = linked?.key, pinned != found.link.key {
      throw SetupError.unavailable(
        "\(found.link.address) says that it is bank \(found.link.bank), and does not sign with the key on record "
          + "(\(pinned.id)); nothing was sent: find out who answers there")
    }
    if purpose == .pay, let linked { try await found.record(over: linked, in: store) }
    return found
  }

  /// Records what has changed about the bank since it was put on record: its address, and its first key.
  private func record(over linked: BankLink, in store: ClaimStore) async throws {
    guard linked.address != link.address || linked.key != link.key else { return }
    try await store.transaction { [link] transaction in
      try transaction.note(link.address)
      if let key = link.key { try transaction.pin(key) }
    }
  }

  private static func embedded(
    _ options: BankOptions, _ linked: BankLink?, _ location: StoreLocation, _ purpose: Purpose
  ) throws(SetupError) -> BankConnection? {
    if let books = options.books {
      guard FileManager.default.fileExists(atPath: books) || (linked == nil && purpose == .pay) else {
        throw .unavailable("--bank-db \(books): there is no such file")
      }
      return try open(books, isOnRecord: linked != nil, purpose)
    }
    guard let linked else {
      let beside = location.bankPath
      guard purpose == .pay || FileManager.default.fileExists(atPath: beside) else { return nil }
      return try open(beside, isOnRecord: false, purpose)
    }
    guard case .file(let recorded) = linked.address else {
      if purpose == .look { return nil }
      throw .usage(
        "\(location) is paid from bank \(linked.bank), last found at \(linked.address); name it with --gateway")
    }
    let beside = location.bankPath
    for path in [recorded, beside] where FileManager.default.fileExists(atPath: path) {
      let found = try open(path, isOnRecord: true, purpose)
      if found.link.bank == linked.bank { return found }
    }
    if purpose == .look { return nil }
    let isBeside = recorded == URL(fileURLWithPath: beside).place
    let places = isBeside ? "not at \(beside)" : "neither at \(recorded) nor at \(beside)"
    throw .unavailable(
      "\(location) is paid from bank \(linked.bank), whose books are \(places); name them with --bank-db FILE")
  }

  private static func open(
    _ path: String, isOnRecord: Bool, _ purpose: Purpose
  ) throws(SetupError) -> BankConnection {
    do {
      let bank = try purpose == .pay ? Bank(path: path) : Bank(reading: path)
      let place = URL(fileURLWithPath: path).place
      return BankConnection(
        bank: EmbeddedBank(bank), books: bank, link: BankLink(bank: bank.id, address: .file(place), key: bank.key),
        isOnRecord: isOnRecord)
    } catch {
      throw .unavailable("\(error)")
    }
  }
}

extension BankConnection {
  /// Throws an error if the store and its bank disagree about what was paid.
  ///
  /// - Throws: `SetupError.unavailable`, `StoreFailure`.
  package func refuseUnlessLevel(with store: ClaimStore, at location: StoreLocation) async throws {
    do {
      if let why = try await disagreement(with: store, at: location) { throw SetupError.unavailable(why) }
    } catch let failure as ActivityFailure {
      throw SetupError.unavailable(failure.message)
    } catch let error as BankError {
      throw SetupError.unavailable("\(error)")
    }
  }

  /// What the store and its bank disagree about, and what to do; nil if they are level.
  ///
  /// - Throws: `StoreFailure`; `ActivityFailure` or `BankError` when the bank cannot be asked.
  func disagreement(with store: ClaimStore, at location: StoreLocation) async throws -> String? {
    switch try await Reconciliation(store, with: books, of: link).standing() {
    case .level: nil
    case .behind(let transfers):
      "\(location) is behind its bank, which has made \(transfers) \(transfers == 1 ? "transfer" : "transfers") that it knows nothing of: it was restored from "
        + "a backup, or another store is paid from the same bank; nothing was paid: run `claims reconcile` first"
    case .bankLost(let transfer):
      "bank \(link.bank) has lost \(transfer), which \(location) has on record; nothing was paid: find out which books are "
        + "right"
    }
  }
}

/// A bank for trials, in which nothing is paid. It answers every request with an unclear outcome or unknown state.
struct NoBank: PaymentBank {
  private static let failure = ActivityFailure(.noBank, "this is a trial, and nothing is paid")

  func prepare(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<PreparedPayment>> {
    orders.replies { _ in .unclear(Self.failure) }
  }

  func commit(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<BankReceipt>> {
    orders.replies { _ in .unclear(Self.failure) }
  }

  func standing(of orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteStanding<BankReceipt>> {
    orders.replies { _ in .unknown(Self.failure) }
  }

  func void(_ orders: [VoidOrder]) async -> Answers<TrackingID, RemoteReply<VoidReceipt>> {
    orders.replies { _ in .unclear(Self.failure) }
  }
}

extension URL {
  /// The path of a file as it is put on record: whole, and without symbolic links.
  fileprivate var place: String { resolvingSymlinksInPath().standardizedFileURL.path }
}
