import BankProtocol
import BankSimulator
import ClaimPipeline
import ClaimsDomain
import DurableExecution
import Foundation
import TestSupport
import Testing

/// The folder of one bank's file. Opening the bank again corresponds to a restart.
struct BankFolder {
  let url: URL

  /// Requires the suite's `.temporaryFolder`.
  init() throws {
    let root = try #require(TemporaryFolderTrait.current, "the suite has no .temporaryFolder")
    url = root.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  var path: String { url.appending(path: "bank.db").path }

  func open(refusing payees: Set<String> = []) throws -> Bank {
    try Bank(path: path, refusing: payees)
  }
}

extension PaymentOrder {
  /// An ordinary order. A test changes the values that it is about.
  static func sample(
    _ number: Int = 1, key: String? = nil, trackingID: String? = nil, epoch: Int64 = 1, payer: String = "SAMPLE01",
    payee: String = "1234567893", cents: Int64 = 125_50, reference: String? = nil, corrects: String? = nil
  ) -> PaymentOrder {
    PaymentOrder(
      idempotencyKey: key ?? "idemp:pay:claim-\(number):125.50:0.00",
      trackingID: TrackingID(trackingID ?? "trk-\(number)"),
      epoch: Epoch(epoch), payer: PayerID(payer), payee: Payee(reference: payee, name: "Cedar Clinic"),
      amount: Money(cents: cents), reference: reference ?? "claim-\(number)",
      corrects: corrects.map(TrackingID.init))
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
