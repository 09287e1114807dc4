import ClaimFormats
import ClaimOperations
import ClaimStore
import ClaimsApp
import ClaimsDomain
import HTTPTypes
import Hummingbird
import Telemetry
import Tracing

/// Accepts claims as X12 837, FHIR, JSON, or paper forms. The format is detected from the content, as on the command line.
struct SubmitRoutes {
  let app: ClaimsApp
  let gate: RequestGate
  let settings: ServiceSettings

  func add(to group: RouterGroup<APIRequestContext>) {
    group.post("claims", use: submit)
  }

  @Sendable private func submit(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let body = try await request.bytes(upTo: settings.bodyLimit)
    guard !body.isEmpty else {
      throw APIProblem.malformed("the body is empty; send X12 837, FHIR R4 or JSON claims, or paper forms")
    }
    let caller = try context.requireCaller()
    return try await gate.once.respond(to: request, context, body: body) {
      try await gate.forms.take(body, of: caller) {
        guard request.prefersLater else { return try await process(body) }
        return try await request.inItsTrace { try await queue(body, from: caller) }
      }
    }
  }

  /// Takes the claims to a payment, and answers with what `claims process --output json` prints.
  private func process(_ body: [UInt8]) async throws -> APIAnswer {
    let sent = try await Submission(body, app)
    var answer = APIAnswer.json { json in
      json.object { json in
        json.key("claims")
        json.array(sent.reports) { $1.write(to: &$0) }
        json.key("faults")
        json.array(sent.faults + [sent.unlisted].compactMap(\.self)) { $0.string("\($1)") }
        json.key("summary")
        json.object { sent.summary.writeTotals(to: &$0) }
      }
    }
    if sent.summary.count(.unknown) > 0 { answer.goOnLater() }
    return answer
  }

  /// Queues the claims as a batch of the caller.
  private func queue(_ body: [UInt8], from caller: Caller) async throws -> APIAnswer {
    var (complaints, forms, unlisted) = ([String](), [KeptForm](), 0)
    let feeder = QueueFeeder(
      app.store, feed: try await Submission.feed(body, app),
      settings: SubmitSettings(
        sender: caller.name, receivedOn: settings.received.given, queueLimit: settings.queueLimit, waitsForRoom: false))
    let tally = try await feeder.run(
      complain: { result in
        var complaint: String?
        switch result.kind {
        case .rejected(let rejection): complaint = "\(rejection.location): \(rejection.reason)"
        case .fault(let fault): complaint = "\(fault)"
        case .form(let form): forms.append(form)
        case .claim, .passedOver: break
        }
        guard let complaint else { return }
        if complaints.count < Submission.rejectionLimit { complaints.append(complaint) } else { unlisted += 1 }
      }, tellOfWait: {})
    if !tally.isBatch, forms.isEmpty, let first = complaints.first {
      throw APIProblem.malformed(first)
    }
    if unlisted > 0 { complaints.append("\(Submission.unlisted(unlisted))") }
    var answer = APIAnswer.json(202) { json in
      json.object { json in
        json.member("batch", tally.isBatch ? tally.batch.id : nil)
        json.member("queued", tally.queued)
        json.member("already_queued", tally.alreadyQueued)
        json.member("ended", tally.ended)
        json.member("rejected", tally.rejected)
        json.key("forms")
        json.array(forms) { $1.write(to: &$0) }
        json.key("faults")
        json.array(complaints) { $0.string($1) }
      }
    }
    if tally.stoppedAt != nil { answer.goOnLater() }
    return answer
  }
}

extension Request {
  /// Does work in the caller's trace, also where the service records no traces itself: a worker may.
  fileprivate func inItsTrace<Value: Sendable>(_ work: () async throws -> Value) async rethrows -> Value {
    guard InstrumentationContext.current?.traceContext == nil,
      let trace = headers[.traceparent].flatMap(TraceContext.init(header:))
    else { return try await work() }
    return try await InstrumentationContext.$current.withValue(.within(trace)) { try await work() }
  }
}

extension KeptForm {
  fileprivate func write(to json: inout OrderedJSON) {
    json.object { json in
      json.member("form_id", id)
      json.member("location", "\(location)")
      json.member("doubts", doubts)
      json.member("discarded", isDiscarded)
    }
  }
}

extension APIAnswer {
  /// Makes the answer one of a request that is not done: the same request goes on where this one stopped.
  mutating func goOnLater() {
    self = APIAnswer(status: 503, contentType: contentType, bytes: bytes, isFinal: false, retryAfter: 5)
  }
}
