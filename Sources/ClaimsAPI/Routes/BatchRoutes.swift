import ClaimFormats
package import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution
import HTTPTypes
import Hummingbird
import NIOCore

/// Answers how far batches of submitted claims are. A submitter sees the batches that it has sent; those who read claims or
/// look after the queue see all. To a submitter, another's batch is not there.
struct BatchRoutes {
  let app: ClaimsApp
  let places: StreamPlaces

  private static let pageLimit = 200

  func add(to group: RouterGroup<APIRequestContext>) {
    group.get("batches", use: batches)
    group.get("batches/:id", use: batch)
    group.get("batches/:id/events", use: events)
  }

  @Sendable private func batches(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let limit = try request.limit(upTo: Self.pageLimit)
    let sender = try context.requireCaller().seesOnly
    let after = try request.uri.queryParameters["after"].map { text throws(APIProblem) in
      guard let id = BatchID(path: text) else { throw .malformed("after must be the last batch's id") }
      return id
    }
    let (page, open) = try await app.store.read { transaction in
      let last = try after.flatMap { try transaction.batch($0, seenBy: sender) }
      if after != nil, last == nil { throw APIProblem.noBatch }
      let page = try transaction.batches(of: sender, after: last, limit: limit)
      return (page, try transaction.openClaims(of: page.map(\.id)))
    }
    return APIAnswer.json { json in
      json.object { json in
        json.key("batches")
        json.array(page) { BatchJSON($1, open: open[$1.id] ?? 0).write(to: &$0) }
        json.member("next", page.count == limit ? page.last?.id : nil)
      }
    }.response()
  }

  @Sendable private func batch(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let found = try await watched(context).look()
    return APIAnswer.json { BatchJSON(found.batch, found.progress).write(to: &$0) }.response()
  }

  /// Sends the progress whenever it changes, and ends when the batch is done. A client that returns with the ID of the last
  /// event of a batch that is done gets 204, which tells a browser's `EventSource` not to return again.
  @Sendable private func events(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let batch = try watched(context)
    let seen = try request.header(.lastEventID)
    let first = try await batch.look()
    if first.progress.isDone, first.progress.text == seen { return Response(status: .noContent) }
    guard let place = places.take(for: try context.requireCaller()) else { throw APIProblem.tooManyStreams }
    let stream = BatchStream(batch, first: first, seen: seen, pacing: app.runner.pacing)
    return Response(
      status: .ok,
      headers: [.contentType: "text/event-stream", .cacheControl: "no-store", .connection: "close"],
      body: ResponseBody { [body = request.body] writer in
        // A client that has gone gives its place back at once, and not only when a write fails.
        try await body.consumeWithCancellationOnInboundClose { _ in
          try await stream.send { try await writer.write(ByteBuffer(string: $0)) }
          try await writer.finish(nil)
        }
        withExtendedLifetime(place) {}
      })
  }

  /// - Throws: `APIProblem.notFound`.
  private func watched(_ context: APIRequestContext) throws(APIProblem) -> WatchedBatch {
    try WatchedBatch(app.store, at: context.parameters.get("id"), for: try context.requireCaller())
  }
}

/// A batch as a caller may see it.
package struct WatchedBatch: Sendable {
  let store: ClaimStore
  let id: BatchID
  /// The only sender whose batches the caller sees; nil for all.
  let sender: String?

  /// - Parameter path: the part of a path that names the batch; nil for none.
  /// - Throws: `APIProblem.notFound`.
  package init(_ store: ClaimStore, at path: String?, for caller: Caller) throws(APIProblem) {
    guard let id = path.flatMap({ BatchID(path: $0[...]) }) else {
      throw .notFound("a batch's path has its id, BAT- and 20 hex digits")
    }
    (self.store, self.id, sender) = (store, id, caller.seesOnly)
  }

  /// - Throws: `APIProblem.notFound`; `StoreFailure`.
  package func look() async throws -> (batch: BatchRow, progress: BatchProgress) {
    let found = try await store.read { transaction in
      try transaction.batch(id, seenBy: sender).map { (batch: $0, progress: try transaction.progress(of: $0)) }
    }
    guard let found else { throw APIProblem.noBatch }
    return found
  }
}

extension ClaimTransaction {
  /// Returns a batch unless it is another's.
  fileprivate func batch(_ id: BatchID, seenBy sender: String?) throws -> BatchRow? {
    try batch(id).flatMap { sender == nil || $0.sender == sender ? $0 : nil }
  }
}

extension Caller {
  /// The sender whose batches alone the caller sees; nil for a caller who sees all.
  package var seesOnly: String? { may(.read) || may(.operate) ? nil : name }
}

extension BatchID {
  /// Nil for a text that is not the form of a batch's ID.
  fileprivate init?(path text: Substring) {
    guard text.wholeMatch(of: /BAT-[0-9a-f]{20}/) != nil else { return nil }
    self.init(String(text))
  }
}

extension APIProblem {
  fileprivate static let noBatch = APIProblem.notFound("there is no such batch, or it is another sender's")
  fileprivate static let tooManyStreams = APIProblem(
    503, "unavailable", "Unavailable", "as many event streams are open as the service allows; ask for the batch itself",
    retryAfter: 10)
}
