package import ClaimOperations
import BankClient
package import BankProtocol
import BankSimulator
import ClaimPipeline
package import ClaimStore
import ClaimsDomain
import DurableExecution
import Foundation

/// The bank of a store: found by what the store has on record, and held to be that one before anything is sent.
package struct BankConnection: Sendable {
  package let bank: any PaymentBank
  package let books: any BankBooks
  /// Which bank it is, and where it was found.
  package let link: BankLink
  /// Whether the store has it on record.
  package let isOnRecord: Bool

  package enum Purpose: Sendable {
    /// A store that has no bank yet is given one, with books of its own beside the store. A bank that is not there is
    /// an error.
    case pay
    /// Nothing is made or noted, and a bank that is not there is none.
    case look
  }
}

/// Where to find the bank, as the command line says.
package struct BankOptions: Hashable, Sendable {
  /// The address of a bank that is a server.
  package var gateway: String?
  /// The file with the books of a bank in the process.
  package var books: String?

  package init(gateway: String? = nil, books: String? = nil) {
    self.gateway = gateway
    self.books = books
  }

  /// What can be said before there is a store.
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

  /// A client of the bank at the gateway, of whichever bank that is; nil without a gateway.
  ///
  /// - Throws: `SetupError.usage`, `SetupError.unavailable` when the bank does not answer.
  func gatewayStatement() async throws(SetupError) -> (url: BankURL, statement: BankStatement)? {
    guard let gateway else { return nil }
    let url: BankURL
    do {
      url = try BankURL(gateway)
    } catch {
      throw .usage("--gateway: \(error)")
    }
    do {
      return (url, try await HTTPPaymentBank(url).statement())
    } catch let failure as ActivityFailure {
      throw .unavailable(failure.message)
    } catch {
      throw .unavailable("the bank at \(url.place) cannot be asked: \(error)")
    }
  }
}

extension BankConnection {
  /// Finds the bank of a store.
  ///
  /// - Parameters:
  ///   - purpose: what the bank is wanted for.
  /// - Returns: nil where there is nothing to look at.
  /// - Throws: `SetupError` where another bank is named than the store's, or the store's is not there; `StoreFailure`.
  package static func find(
    _ options: BankOptions, of store: some ClaimStore, at location: StoreLocation, to purpose: Purpose
  ) async throws -> BankConnection? {
    let (linked, hasPayments) = try await store.read { (try $0.bankLink(), try $0.hasPayments()) }
    if linked == nil, hasPayments {
      throw SetupError.unavailable(
        "\(location): payments were made, and which bank made them is not on record; restore the store from a backup")
    }
    let found: BankConnection?
    if let (url, statement) = try await options.gatewayStatement() {
      let bank = HTTPPaymentBank(url, expecting: statement.bank)
      found = BankConnection(
        bank: bank, books: bank, link: BankLink(bank: statement.bank, address: .gateway("\(url)")),
        isOnRecord: linked != nil)
    } else {
      found = try embedded(options, linked, location, purpose)
    }
    guard let found else { return nil }
    guard linked == nil || linked?.bank == found.link.bank else {
      throw SetupError.usage(
        "\(location) is paid from bank \(linked?.bank.text ?? "") (\(linked?.address.description ?? "")), and "
          + "\(found.link.address) is bank \(found.link.bank); nothing was done: name the store's own bank")
    }
    if purpose == .pay, let linked, linked.address != found.link.address {
      try await store.transaction { try $0.note(found.link.address) }
    }
    return found
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
    for path in [recorded, location.bankPath] where FileManager.default.fileExists(atPath: path) {
      let found = try open(path, isOnRecord: true, purpose)
      if found.link.bank == linked.bank { return found }
    }
    if purpose == .look { return nil }
    throw .unavailable(
      "\(location) is paid from bank \(linked.bank), whose books are neither at \(recorded) nor at "
        + "\(location.bankPath); name them with --bank-db FILE")
  }

  private static func open(
    _ path: String, isOnRecord: Bool, _ purpose: Purpose
  ) throws(SetupError) -> BankConnection {
    do {
      let bank = try purpose == .pay ? Bank(path: path) : Bank(reading: path)
      let place = URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
      return BankConnection(
        bank: EmbeddedBank(bank), books: bank, link: BankLink(bank: bank.id, address: .file(place)),
        isOnRecord: isOnRecord)
    } catch {
      throw .unavailable("\(error)")
    }
  }
}

extension BankConnection {
  /// Refuses to go on where the store and its bank do not agree on what was paid.
  ///
  /// - Throws: `SetupError.unavailable`, `StoreFailure`.
  package func refuseUnlessLevel(with store: some ClaimStore, at location: StoreLocation) async throws {
    do {
      switch try await Reconciliation(store, with: books, of: link).standing() {
      case .level: return
      case .behind(let transfers):
        throw SetupError.unavailable(
          "\(location) is behind its bank, which has made \(transfers) transfers that it knows nothing of: it was "
            + "restored from a backup, or another store is paid from the same bank; nothing was paid: run "
            + "`claims reconcile` first")
      case .bankLost(let transfer):
        throw SetupError.unavailable(
          "bank \(link.bank) has lost \(transfer), which \(location) has on record; nothing was paid: find out which "
            + "books are right")
      }
    } catch let failure as ActivityFailure {
      throw SetupError.unavailable(failure.message)
    } catch let error as BankError {
      throw SetupError.unavailable("\(error)")
    }
  }
}

/// For trials, in which nothing is paid: whoever asks it all the same is told that nothing is known.
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
