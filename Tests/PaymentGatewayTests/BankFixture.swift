import ClaimPipeline
import ClaimsDomain
import DurableExecution
import Foundation
import PaymentGateway

/// A folder for one test's bank, gone when the test is over.
final class BankFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "bank-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  var path: String { url.appending(path: "bank.db").path }

  func open(refusing payees: Set<String> = []) throws -> Bank {
    try Bank(path: path, refusing: payees)
  }
}

extension PaymentOrder {
  /// An order like any other; tests change the part they are about.
  static func sample(
    _ number: Int = 1, key: String? = nil, trackingID: String? = nil, epoch: Int64 = 1, payee: String = "1234567893",
    cents: Int64 = 125_50
  ) -> PaymentOrder {
    PaymentOrder(
      idempotencyKey: key ?? "idemp:pay:claim-\(number):125.50:0.00",
      trackingID: TrackingID(trackingID ?? "trk-\(number)"),
      epoch: Epoch(epoch), payee: Payee(reference: payee, name: "Cedar Clinic"), amount: Money(cents: cents),
      reference: "claim-\(number)")
  }
}

extension VoidOrder {
  static func sample(_ number: Int = 1, key: String? = nil, epoch: Int64 = 1) -> VoidOrder {
    VoidOrder(
      idempotencyKey: key ?? "idemp:void:payment-\(number)", trackingID: TrackingID("trk-\(number)"),
      epoch: Epoch(epoch),
      reason: "adjusted")
  }
}
