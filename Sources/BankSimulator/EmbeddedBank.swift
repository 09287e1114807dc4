package import BankProtocol
package import DurableExecution

/// A bank in this process: a batch is one transaction in its books, with no HTTP in between.
package struct EmbeddedBank: PaymentBank {
  private let bank: Bank
  private let place = "this process"

  package init(_ bank: Bank) {
    self.bank = bank
  }

  package func prepare(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<PreparedPayment>> {
    do throws(BankError) {
      let responses = Answers(try await bank.prepare(orders).map { ($0.request.trackingID, $0.response) })
      return orders.replies { order in
        responses[order.trackingID].map { answer($0).reply(as: PreparedPayment.self) { $0.isWellFormed } }
      }
    } catch {
      return orders.replies { _ in .unclear(broken(error)) }
    }
  }

  package func commit(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<BankReceipt>> {
    do throws(BankError) {
      let committed = try await bank.commit(orders.map(CommitRequest.init))
      let responses = Answers(committed.map { ($0.request.trackingID, $0.response) })
      return orders.replies { order in
        responses[order.trackingID].map { answer($0).committed(order) }
      }
    } catch {
      return orders.replies { _ in .unclear(broken(error)) }
    }
  }

  package func standing(of orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteStanding<BankReceipt>> {
    let requests = orders.map { StandingRequest($0) }
    do throws(BankError) {
      let responses = Answers(try await bank.standing(of: requests).map { ($0.request.trackingID, $0.response) })
      return orders.replies { order in responses[order.trackingID].map { answer($0).standing(of: order) } }
    } catch {
      return orders.replies { _ in .unknown(broken(error)) }
    }
  }

  package func void(_ orders: [VoidOrder]) async -> Answers<TrackingID, RemoteReply<VoidReceipt>> {
    do throws(BankError) {
      let responses = Answers(try await bank.void(orders).map { ($0.request.trackingID, $0.response) })
      return orders.replies { order in
        responses[order.trackingID].map { answer($0).voided(order) }
      }
    } catch {
      return orders.replies { _ in .unclear(broken(error)) }
    }
  }

  private func answer(_ response: BankResponse) -> BankAnswer {
    BankAnswer(response: response, place: place, receipts: .kept)
  }

  private func broken(_ error: BankError) -> ActivityFailure { .gatewayBroken(place, error.description) }
}
