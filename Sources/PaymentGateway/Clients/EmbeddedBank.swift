package import ClaimPipeline
package import DurableExecution

/// A bank in this process: a batch is one transaction in its books, with no HTTP in between.
package struct EmbeddedBank: PaymentBank {
  private let bank: Bank
  private let place = "this process"

  package init(_ bank: Bank) {
    self.bank = bank
  }

  package func prepare(_ orders: [PaymentOrder]) async -> [RemoteReply<PreparedPayment>] {
    do throws(BankError) {
      return try await bank.prepare(orders).map { response in
        BankAnswer(response: response, place: place).reply(as: PreparedPayment.self) { _ in true }
      }
    } catch {
      return orders.map { _ in .unclear(broken(error)) }
    }
  }

  package func commit(_ orders: [PaymentOrder]) async -> [RemoteReply<BankReceipt>] {
    do throws(BankError) {
      return zip(try await bank.commit(orders.map(CommitRequest.init)), orders).map { response, order in
        BankAnswer(response: response, place: place).reply(as: BankReceipt.self) { $0.settles(order) }
      }
    } catch {
      return orders.map { _ in .unclear(broken(error)) }
    }
  }

  package func standing(of orders: [PaymentOrder]) async -> [RemoteStanding<BankReceipt>] {
    let requests = orders.map { StandingRequest($0) }
    do throws(BankError) {
      return zip(try await bank.standing(of: requests), orders).map { response, order in
        BankAnswer(response: response, place: place).standing(of: order)
      }
    } catch {
      return orders.map { _ in .unknown(broken(error)) }
    }
  }

  package func void(_ orders: [VoidOrder]) async -> [RemoteReply<VoidReceipt>] {
    do throws(BankError) {
      return zip(try await bank.void(orders), orders).map { response, order in
        BankAnswer(response: response, place: place).reply(as: VoidReceipt.self) { $0.trackingID == order.trackingID }
      }
    } catch {
      return orders.map { _ in .unclear(broken(error)) }
    }
  }

  private func broken(_ error: BankError) -> ActivityFailure { .gatewayBroken(place, error.description) }
}

extension BankReceipt {
  /// Whether this is the receipt for that order, and not for another payment or another amount.
  func settles(_ order: PaymentOrder) -> Bool {
    trackingID == order.trackingID && amount == order.amount
  }
}
