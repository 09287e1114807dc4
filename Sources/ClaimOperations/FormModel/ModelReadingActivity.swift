package import ClaimFormats
package import ClaimStore
package import DurableExecution

/// Has a model read a page: a remote effect, since each question costs money.
///
/// An endpoint for chat completions cannot be asked what became of a request. So a lost answer stays in doubt: its key remains
/// pending, and the page is never sent again. The form waits for a person in any case; a second question could cost a second
/// time.
package struct ModelReadingActivity: RemoteActivity {
  package typealias Key = ModelReadingKey
  package typealias Transaction = ClaimTransaction
  package typealias Receipt = [UInt8]
  package let agent = AgentVersion("PageModelAgent", "1.0.0")
  package let eventType = "page-read-by-model"
  let model: any PageModel

  package init(model: any PageModel) { self.model = model }

  package struct Request: Encodable, Sendable {
    package let key: ModelReadingKey
    let kind: FormKind
    let picture: [UInt8]

    package init(key: ModelReadingKey, kind: FormKind, picture: [UInt8]) {
      (self.key, self.kind, self.picture) = (key, kind, picture)
    }

    /// The picture is known by its digest.
    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(key.pageDigest, forKey: .pageDigest)
      try container.encode(key.model, forKey: .model)
      try container.encode(key.promptVersion, forKey: .promptVersion)
      try container.encode(kind, forKey: .kind)
    }

    enum CodingKeys: String, CodingKey {
      case model, kind
      case pageDigest = "page_digest"
      case promptVersion = "prompt_version"
    }
  }

  package func key(for request: Request) -> ModelReadingKey { request.key }

  package func stream(for request: Request, key: KeyText) -> String { "page-\(request.key.pageDigest.prefix(20))" }

  package func facts(of response: ModelReadingResponse) -> [String: String] {
    ["sha256": ContentDigest.sha256(response.bytes)]
  }

  /// The key is the only row.
  package func intend(_ calls: [OwnedCall<Request>], in transaction: ClaimTransaction) {}

  /// A question has no first half.
  package func prepare(_ calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteReply<TrackingID>> {
    calls.replies { .done($0.trackingID) }
  }

  package func commit(_ calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteReply<[UInt8]>> {
    var replies: [KeyText: RemoteReply<[UInt8]>] = [:]
    for call in calls {
      let question = PageQuestion(
        idempotencyKey: call.idempotencyKey.digest, prompt: FormReading.modelPrompt(for: call.request.kind),
        picture: call.request.picture)
      replies[call.idempotencyKey] = await model.ask(question)
    }
    return calls.replies { replies[$0.idempotencyKey] }
  }

  package func standing(of calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteStanding<[UInt8]>> {
    calls.replies { _ in
      .unknown(PageModelFailure.lost.failure("the model may have answered, and cannot be asked what it said"))
    }
  }

  package func complete(
    _ done: [(call: OwnedCall<Request>, receipt: [UInt8])], in transaction: ClaimTransaction
  ) -> Answers<KeyText, Result<ModelReadingResponse, ActivityFailure>> {
    Answers(done, id: \.call.effectKey) { .success(ModelReadingResponse(bytes: $0.receipt)) }
  }

  package func refused(
    _ calls: [(call: OwnedCall<Request>, failure: ActivityFailure)], in transaction: ClaimTransaction
  ) {}
}
