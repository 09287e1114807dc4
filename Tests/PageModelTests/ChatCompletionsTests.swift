import ClaimOperations
import DurableExecution
import Foundation
import HTTPTypes
import Testing

@testable import PageModels

@Suite("A model at an endpoint for chat completions")
struct ChatCompletionsTests {
  private static let token = "sk-made-up"
  private static let question = PageQuestion(idempotencyKey: "abc", prompt: "Read it.", picture: [1, 2, 3])

  private static func client(_ url: String, timeout: Duration = .seconds(60)) throws -> ChatCompletions {
    ChatCompletions(try ModelEndpoint(url), model: "reader-1", token: token, timeout: timeout)
  }

  @Test("a question has the model, the prompt, the picture, and the token in its header only")
  func question() async throws {
    let model = try await StandInModel(.answers(status: 200, body: "anything"))
    #expect(await Self.client(model.url).unreachable() == nil)
    #expect(await Self.client(model.url).ask(Self.question) == .done(Array("anything".utf8)))
    let asked = try #require(model.questions.first)
    #expect(model.questions.count == 1)
    #expect(asked.headers[.authorization] == "Bearer \(Self.token)")
    #expect(HTTPField.Name("Idempotency-Key").flatMap { asked.headers[$0] } == "abc")
    let body = String(decoding: asked.body, as: UTF8.self)
    #expect(
      body == #"{"messages":[{"content":[{"text":"Read it.","type":"text"},{"image_url":{"url":"data:image/png;base64,"#
        + #"AQID"},"type":"image_url"}],"role":"user"}],"model":"reader-1","temperature":0}"#)
  }

  @Test("what was refused was not done", arguments: [400, 401, 403, 404, 413, 422, 429])
  func refused(status: Int) async throws {
    let model = try await StandInModel(.answers(status: status, body: "no"))
    guard case .refused(let failure) = try await Self.client(model.url).ask(Self.question) else {
      Issue.record("not refused")
      return
    }
    #expect(failure.code == "page-model-refused" && failure.isTerminal)
    #expect(!failure.description.contains(Self.token))
  }

  @Test("what may have been done is unclear, and is not sent again", arguments: [302, 408, 500, 502, 503])
  func unclear(status: Int) async throws {
    let model = try await StandInModel(.answers(status: status, body: ""))
    guard case .unclear(let failure) = try await Self.client(model.url).ask(Self.question) else {
      Issue.record("not unclear")
      return
    }
    #expect(failure.code == "page-model-answer-lost" && !failure.description.contains(Self.token))
    #expect(model.questions.count == 1)
  }

  @Test("an answer that does not come, or does not end, is unclear")
  func lost() async throws {
    let slow = try await StandInModel(.hangs)
    let long = try await StandInModel(.answers(status: 200, body: String(repeating: "x", count: 2 << 20)))
    for (model, timeout) in [(slow, Duration.milliseconds(300)), (long, .seconds(60))] {
      guard case .unclear = try await Self.client(model.url, timeout: timeout).ask(Self.question) else {
        Issue.record("not unclear")
        continue
      }
      #expect(model.questions.count == 1)
    }
  }

  @Test("an endpoint that is not there is unreachable")
  func unreachable() async throws {
    #expect(await Self.client("http://127.0.0.1:1/v1").unreachable()?.code == "page-model-unreachable")
  }

  @Test(
    "pages go out in the open to this machine only",
    arguments: [
      ("http://models.example/v1", ModelEndpointError.notEncrypted), ("ftp://127.0.0.1/v1", .malformed),
      ("", .malformed),
      ("http://127.0.0.1.example/v1", .notEncrypted), ("https://me:secret@models.example", .hasMoreThanAddress),
      ("https://models.example/v1?key=1", .hasMoreThanAddress),
    ])
  func addresses(text: String, error: ModelEndpointError) throws {
    #expect(throws: error) { try ModelEndpoint(text) }
    for good in ["https://models.example/v1/", "http://localhost:8000/v1", "http://[::1]:8000"] {
      _ = try ModelEndpoint(good)
    }
  }
}
