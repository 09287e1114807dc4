import ClaimPipeline

/// The answer of `GET /transfers` and `POST /transfers/search`: movements of money, oldest first.
struct TransferList: Hashable, Sendable, Codable {
  var transfers: [BankTransfer]
}

/// The body of `POST /transfers/search`. References go in a body, so that no log of URLs has them.
struct TransferSearch: Hashable, Sendable, Codable {
  var references: [String]
}
