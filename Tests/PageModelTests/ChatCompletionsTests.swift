import ClaimOperations
import DurableExecution
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import PageModels

@Suite("A model at an endpoint for chat completions")
struct ChatCompletionsTests {
  private static let secret = "sk-made-up"
  private static let question = PageQuestion(idempotencyKey: "abc", prompt: "Read it.", picture: [1, 2, 3])

  /// A busy machine does not look like an endpoint that is away.
  private static func client(_ url: String, timeout: Duration = .seconds(600)) throws -> ChatCompletions {
    ChatCompletions(
      try ModelEndpoint(url), model: "reader-1", token: ModelToken(secret), timeout: timeout, reach: .seconds(600))
  }

  @Test("a question has the model, the prompt and the picture, and the token in its header only")
  func question() async throws {
    let model = try await StandInModel(.answers("anything"))
    let client = try Self.client(model.url)
    #expect(await client.unreachable() == nil)
    #expect(await client.ask(Self.question) == .done(Array("anything".utf8)))
    let asked = try #require(model.questions.first)
    #expect(model.questions.count == 1)
    #expect(asked.headers[.authorization] == "Bearer \(Self.secret)")
    #expect(HTTPField.Name("Idempotency-Key").flatMap { asked.headers[$0] } == "abc")
    let body = String(decoding: asked.body, as: UTF8.self)
    #expect(
      body == #"{"messages":[{"content":[{"text":"Read it.","type":"text"},{"image_url":{"url":"data:image/png;base64,"#
        + #"AQID"},"type":"image_url"}],"role":"user"}],"model":"reader-1","temperature":0}"#)
  }

  @Test("what was refused was not done", arguments: [400, 401, 403, 404, 413, 422])
  func refused(status: Int) async throws {
    let model = try await StandInModel(.answers(status: status, Self.secret))
    guard case .refused(let failure) = try await Self.client(model.url).ask(Self.question) else {
      Issue.record("not refused")
      return
    }
    #expect(failure.code == "page-model-refused" && failure.isTerminal)
    #expect(!failure.description.contains(Self.secret) && failure.description.contains("\(status)"))
  }

  @Test("a question that the endpoint takes no more of for now is sent again, and paid for once", arguments: [1, 2])
  func busy(times: Int) async throws {
    let model = try await StandInModel(.isBusy(times: times, retryAfter: "0", then: Array("read".utf8)))
    #expect(try await Self.client(model.url).ask(Self.question) == .done(Array("read".utf8)))
    #expect(model.questions.count == times + 1 && model.charges == 1)
  }

  @Test(
    "an endpoint that stays busy, or asks for a long pause, has refused",
    arguments: [("0", 3), ("21", 1), ("3600", 1)])
  func staysBusy(retryAfter: String, questions: Int) async throws {
    let model = try await StandInModel(.isBusy(times: 9, retryAfter: retryAfter, then: []))
    guard case .refused(let failure) = try await Self.client(model.url).ask(Self.question) else {
      Issue.record("not refused")
      return
    }
    #expect(failure.description.contains("429"))
    #expect(model.questions.count == questions && model.charges == 0)
  }

  @Test("what may have been done is unclear, and is not sent again", arguments: [302, 408, 500, 502, 503])
  func unclear(status: Int) async throws {
    let model = try await StandInModel(.answers(status: status, Self.secret))
    guard case .unclear(let failure) = try await Self.client(model.url).ask(Self.question) else {
      Issue.record("not unclear")
      return
    }
    #expect(failure.code == "page-model-answer-lost" && !failure.description.contains(Self.secret))
    #expect(model.questions.count == 1)
  }

  @Test("an answer that does not come, does not end, or is too long is unclear")
  func lost() async throws {
    for (behavior, timeout) in [
      (StandInModel.Behavior.hangs, Duration.seconds(20)), (.stalls, .seconds(20)),
      (.answers(String(repeating: "x", count: 2 << 20)), .seconds(600)),
    ] {
      let model = try await StandInModel(behavior)
      guard case .unclear = try await Self.client(model.url, timeout: timeout).ask(Self.question) else {
        Issue.record("not unclear: \(timeout)")
        continue
      }
      #expect(model.questions.count == 1)
    }
  }

  @Test(
    "an endpoint that is not there, is ill or busy, or does not know the token is out of reach",
    arguments: [401, 403, 429, 503])
  func unreachable(status: Int) async throws {
    let model = try await StandInModel(.says("{}"), health: status)
    for url in [model.url, "http://127.0.0.1:1/v1"] {
      let failure = try #require(await Self.client(url).unreachable())
      #expect(failure.code == "page-model-unreachable" && !failure.description.contains(Self.secret))
    }
    #expect(model.questions.isEmpty)
    #expect(try await Self.client(StandInModel(.says("{}"), health: 404).url).unreachable() == nil)
  }
}

@Suite("Where pages are sent, and with which secret")
struct ModelEndpointTests {
  @Test(
    "pages go out unencrypted to this machine only",
    arguments: [
      ("http://models.example/v1", ModelEndpointError.notEncrypted), ("http://127.0.0.1.example/v1", .notEncrypted),
      ("http://0.0.0.0/v1", .notEncrypted), ("ftp://127.0.0.1/v1", .malformed), ("", .malformed),
      ("https://", .malformed),
      ("https://models.example/\u{1B}[2J", .malformed), ("https://mod%0Aels.example", .malformed),
      ("https://models.example/ v1", .malformed), ("https://me:secret@models.example", .hasMoreThanAddress),
      ("http://127.0.0.1@models.example/v1", .hasMoreThanAddress),
      ("https://models.example/v1?key=1", .hasMoreThanAddress),
    ])
  func addresses(text: String, error: ModelEndpointError) throws {
    #expect(throws: error) { try ModelEndpoint(text) }
  }

  @Test(
    "an encrypted address is one, and one of this machine",
    arguments: ["https://models.example/v1/", "http://localhost:8000/v1", "http://[::1]:8000", "http://127.0.0.1/v1"])
  func good(text: String) throws {
    let endpoint = try ModelEndpoint(text)
    #expect(!endpoint.base.hasSuffix("/") && endpoint.place.contains(":"))
  }

  @Test("a token is printed by nothing, and one that would break the header is none")
  func token() throws {
    let token = try #require(ModelToken("sk-made-up"))
    var dumped = ""
    dump(token, to: &dumped)
    for text in ["\(token)", String(reflecting: token), dumped] { #expect(!text.contains("sk-made-up"), "\(text)") }
    for bad in ["", "a b", "a\r\nX: y", "a\u{0}", "é", String(repeating: "a", count: 4_097)] {
      #expect(ModelToken(bad) == nil)
    }
  }
}
