package import ClaimOperations
package import ClaimStore
import ClaimsDomain
package import DurableExecution
import PageModels

/// A language model that is shown the pages of forms in doubt. There is none unless somebody says where pages are sent.
package struct PageModelConfiguration: Sendable {
  private let endpoint: ModelEndpoint
  private let model: String
  private let token: String?
  private let price: Money

  /// - Parameters:
  ///   - url: the base URL of an endpoint for chat completions.
  ///   - model: the model, as the endpoint calls it.
  ///   - token: sent as a bearer token; nil for none.
  ///   - price: what a question costs, in dollars; nil where that is not known.
  /// - Throws: `SetupError.usage`.
  package init(sendingPagesTo url: String, model: String?, token: String?, price: String?) throws(SetupError) {
    do {
      endpoint = try ModelEndpoint(url)
    } catch {
      throw .usage("--send-pages-to: \(error)")
    }
    guard let model, !model.isEmpty, model.utf8.count <= 200, !model.unicodeScalars.contains(where: { $0.value < 32 })
    else { throw .usage("--send-pages-to also needs --page-model, the name of the model") }
    (self.model, self.token) = (model, token)
    do {
      self.price = try price.map { try Money(parsing: $0) } ?? .zero
    } catch {
      throw .usage("--page-model-price: give what a question costs in dollars and cents, such as 0.02")
    }
  }

  /// What asks the model.
  package func reader(over store: ClaimStore, by runner: DurableRunner) -> ModelReader {
    ModelReader(store, asking: ChatCompletions(endpoint, model: model, token: token), by: runner, price: price)
  }
}
