import ClaimPipeline
import HTTPTypes
import Hummingbird

/// Refuses what is meant for another bank before anything is looked at, and says in every answer which bank it is from.
struct BankIdentityMiddleware: RouterMiddleware {
  let bank: BankID

  func handle(
    _ request: Request, context: BankRequestContext,
    next: (Request, BankRequestContext) async throws -> Response
  ) async throws -> Response {
    let named = request.headers[values: .bankID]
    var response =
      try named.allSatisfy { $0 == bank.text }
      ? await next(request, context)
      : Response(.problem(.otherBank, "nothing was done; the bank here is \(bank)"))
    response.headers[.bankID] = bank.text
    return response
  }
}
