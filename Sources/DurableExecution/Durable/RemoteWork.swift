/// A remote effect in the form that the runner takes. Its commit step alone does the work.
struct RemoteWork<Request: Encodable & Sendable, Response: Codable & Sendable, Transaction: DurableTransaction>:
  RemoteActivity
{
  let definition: EffectDefinition<Request, Response>
  /// The record to store before a flow begins; nil for an effect.
  let flow: FlowRecord?
  let system: OtherSystem<Request, Response>

  var effect: String { definition.effect }
  var retention: Retention { definition.retention }
  var agent: AgentVersion { definition.agent }
  var eventType: String { definition.eventType }

  func key(for request: Request) -> EffectDefinition<Request, Response>.Key { definition.key(for: request) }
  func stream(for request: Request, key: KeyText) -> String { definition.stream(for: request, key: key) }
  func facts(of response: Response) -> [String: String] { [:] }
  func recognizes(_ record: KeyRecord) -> Bool { definition.recognizes(record) }

  func intend(_ calls: [OwnedCall<Request>], in transaction: Transaction) throws {
    if let flow { try transaction.keep([flow]) }
  }

  func prepare(_ calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteReply<TrackingID>> {
    calls.replies { .done($0.trackingID) }
  }

  func commit(_ calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteReply<Response>> {
    await system.answers(to: calls) { await $0.tell($1) }
  }

  func standing(of calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteStanding<Response>> {
    await system.answers(to: calls) { await $0.ask($1) }
  }

  func complete(
    _ done: [(call: OwnedCall<Request>, receipt: Response)], in transaction: Transaction
  ) throws -> Answers<KeyText, Result<Response, ActivityFailure>> {
    Answers(done, id: { $0.call.effectKey }) { done in
      do {
        return .success(try ResponseCoding.readBack(done.receipt, of: done.call.effectKey))
      } catch {
        return .failure(.responseNotStorable)
      }
    }
  }

  func refused(_ calls: [(call: OwnedCall<Request>, failure: ActivityFailure)], in transaction: Transaction) throws {}
}

/// Sends calls to another system and asks about them, by the caller's own closures.
struct OtherSystem<Request: Encodable & Sendable, Response: Codable & Sendable>: Sendable {
  let send: @Sendable (EffectCall<Request>) async throws -> Response
  let whenInDoubt: @Sendable (EffectCall<Request>) async throws -> EffectStanding<Response>

  func tell(_ call: RemoteCall<Request>) async -> RemoteReply<Response> {
    do {
      return .done(try await send(EffectCall(call)))
    } catch let refusal as EffectRefusal {
      return .refused(.terminal(refusal.code, refusal.message))
    } catch {
      return .unclear(.unknownOutcome)
    }
  }

  func ask(_ call: RemoteCall<Request>) async -> RemoteStanding<Response> {
    do {
      switch try await whenInDoubt(EffectCall(call)) {
      case .neverHeardOf: return .neverHeardOf
      case .done(let response): return .done(response)
      case .refused(let refusal): return .refused(.terminal(refusal.code, refusal.message))
      case .unknown: return .unknown(.unknownOutcome)
      }
    } catch {
      return .unknown(.unknownOutcome)
    }
  }

  /// Answers all calls concurrently.
  func answers<Answer: Sendable>(
    to calls: [RemoteCall<Request>], _ answer: @escaping @Sendable (Self, RemoteCall<Request>) async -> Answer
  ) async -> Answers<KeyText, Answer> {
    await withTaskGroup(of: (KeyText, Answer).self) { group in
      for call in calls { group.addTask { (call.idempotencyKey, await answer(self, call)) } }
      var answers = Answers<KeyText, Answer>()
      for await (key, reply) in group { answers.add(reply, for: key) }
      return answers
    }
  }
}

extension EffectCall {
  fileprivate init(_ call: RemoteCall<Request>) {
    self.init(
      request: call.request, key: call.idempotencyKey.text, trackingID: call.trackingID.text, epoch: call.epoch.number)
  }
}
