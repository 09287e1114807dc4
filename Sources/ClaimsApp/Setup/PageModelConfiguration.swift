package import ClaimOperations
package import ClaimStore
import ClaimsDomain
package import DurableExecution
import Logging
import PageModels

/// A language model that is asked about the pages of forms in doubt. There is none by default: `--send-pages-to` names its
/// endpoint.
package struct PageModelConfiguration: Sendable {
  private let endpoint: ModelEndpoint
  private let model: String
  private let token: ModelToken?
  /// What a question costs; nil where that is not known.
  private let price: Money?

  /// - Parameters:
  ///   - url: the base URL of an endpoint for chat completions.
  ///   - model: the model, as the endpoint calls it.
  ///   - token: sent as a bearer token; nil for none. No error contains it.
  ///   - price: what a question costs, in dollars and cents; nil where that is not known.
  /// - Throws: `SetupError.usage`.
  package init(sendingPagesTo url: String, model: String?, token: String?, price: String?) throws(SetupError) {
    do {
      endpoint = try ModelEndpoint(url)
    } catch {
      throw .usage("--send-pages-to: \(error)")
    }
    guard let model, !model.isEmpty, model.utf8.count <= 200, model.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw .usage("--send-pages-to also needs --page-model, the name of the model, without blanks")
    }
    self.model = model
    if let token {
      guard let token = ModelToken(token) else {
        throw .usage("page-model-token (CLAIMS_PAGE_MODEL_TOKEN) is empty, or has characters that no token has")
      }
      self.token = token
    } else {
      self.token = nil
    }
    self.price = try price.map { text throws(SetupError) in try Self.price(text) }
  }

  private static func price(_ text: String) throws(SetupError) -> Money {
    guard let price = try? Money(parsing: text), !price.isNegative else {
      throw .usage("--page-model-price: give what a question costs in dollars and cents, such as 0.02")
    }
    return price
  }

  /// What asks the model. Its failures are logged.
  package func reader(over store: ClaimStore, by runner: DurableRunner) -> ModelReader {
    let logger = ProgramLog.logger("page-model")
    return ModelReader(
      store, asking: ChatCompletions(endpoint, model: model, token: token), by: runner, price: price
    ) { logger.warning("\($0)") }
  }
}
