import AsyncHTTPClient
import BankClient
import BankSimulator
import ClaimPipeline
import DurableExecution
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import TestSupport
import Testing

/// The bank's HTTP interface as any client sees it, without our own client.
@Suite(.temporaryFolder) struct HTTPTests {
  private static let body = """
    {"tracking_id":"trk-1","payer":"SAMPLE01","payee":{"reference":"1234567893","name":"Cedar Clinic"},"amount":"125.50","reference":"claim-1"}
    """

  @Test func `a repeat is marked and has the same bytes`() async throws {
    try await withBankServer(BankFolder().open()) { url in
      let first = try await post(url, "/payments", Self.body)
      let again = try await post(url, "/payments", Self.body)
      #expect(first.status == 201 && again.status == 201)
      #expect(first.body == again.body)
      #expect(first.replay == nil && again.replay == "true")
      let paid = try await post(url, "/payments/trk-1/commit", nil)
      let paidAgain = try await post(url, "/payments/trk-1/commit", nil)
      #expect(paid.status == 200 && paid.body == paidAgain.body && paidAgain.replay == "true")
      #expect(paid.body == #"{"amount":"125.50","tracking_id":"trk-1","transfer_id":"transfer-1"}"#)
    }
  }

  @Test func `a repeat in other words is the same payment`() async throws {
    try await withBankServer(BankFolder().open()) { url in
      let first = try await post(url, "/payments", Self.body)
      let reordered = """
        { "reference": "claim-1", "amount": "125.5",
          "payee": {"name": "Cedar Clinic", "reference": "1234567893"}, "payer": "SAMPLE01", "tracking_id": "trk-9" }
        """
      #expect(try await post(url, "/payments", reordered).body == first.body)
    }
  }

  @Test(
    arguments: [
      (path: "/payments", body: body, key: nil, epoch: nil, status: 400, code: "idempotency-key-missing"),
      ("/payments/trk-1/commit", nil, nil, nil, 400, "idempotency-key-missing"),
      ("/payments/trk-1/void", #"{"reason":""}"#, nil, nil, 400, "idempotency-key-missing"),
      ("/payments", "{", "k", nil, 400, "malformed-request"),
      ("/payments", "", "k", nil, 400, "malformed-request"),
      ("/payments", body.replacing(#""125.50""#, with: "125.50"), "k", nil, 400, "malformed-request"),
      ("/payments", body.replacing("125.50", with: "125.505"), "k", nil, 400, "malformed-request"),
      ("/payments", body.replacing("125.50", with: "-1.00"), "k", nil, 400, "malformed-request"),
      ("/payments", body.replacing("125.50", with: "99999999999999999999.00"), "k", nil, 400, "malformed-request"),
      (
        "/payments", body.replacing("\"amount\"", with: "\"amount\":\"1.00\",\"amount\""), "k", nil, 400,
        "malformed-request"
      ),
      ("/payments", body.replacing("1234567893", with: "1234567893\\u0000x"), "k", nil, 400, "malformed-request"),
      ("/payments", body.replacing("1234567893", with: "1234567893\\ud800"), "k", nil, 400, "malformed-request"),
      ("/payments", body, "k", "soon", 400, "malformed-request"),
      ("/payments", body, "k", "0", 400, "malformed-request"),
      ("/payments", String(repeating: " ", count: 17_000), "k", nil, 413, "request-too-large"),
      ("/payments/never/commit", nil, "k", nil, 404, "unknown-payment"),
      ("/cheques", nil, "k", nil, 404, "http-404"),
    ] as [(path: String, body: String?, key: String?, epoch: String?, status: UInt, code: String)])
  func `what the bank cannot do is a problem that says why`(
    _ request: (path: String, body: String?, key: String?, epoch: String?, status: UInt, code: String)
  ) async throws {
    let bank = try BankFolder().open()
    try await withBankServer(bank) { url in
      let answer = try await post(url, request.path, request.body, key: request.key, epoch: request.epoch)
      #expect(answer.status == request.status)
      #expect(answer.contentType == "application/problem+json")
      let problem = try JSONDecoder().decode(Problem.self, from: Data(answer.body.utf8))
      #expect(problem.code == request.code && problem.status == request.status)
      #expect(!problem.type.isEmpty && !problem.title.isEmpty && !problem.detail.isEmpty)
      #expect(!answer.body.contains("Cedar"))
    }
    #expect(try await bank.transfers().isEmpty)
  }

  @Test func `a fenced owner gets 409`() async throws {
    try await withBankServer(BankFolder().open()) { url in
      _ = try await post(url, "/payments", Self.body, epoch: "2")
      let late = try await post(url, "/payments/trk-1/commit", nil, epoch: "1")
      #expect(late.status == 409 && late.body.contains(#""code":"fenced""#))
    }
  }

  @Test func `a payment can be looked up, and a stranger gets 404`() async throws {
    try await withBankServer(BankFolder().open()) { url in
      _ = try await post(url, "/payments", Self.body)
      let known = try await send(HTTPClientRequest(url: "\(url)/payments/trk-1"))
      #expect(
        known.body == """
          {"amount":"125.50","payee":"1234567893","payer":"SAMPLE01","reference":"claim-1","state":"prepared",\
          "tracking_id":"trk-1"}
          """)
      #expect(try await send(HTTPClientRequest(url: "\(url)/payments/trk-2")).status == 404)
      #expect(try await send(HTTPClientRequest(url: "\(url)/health")).body == #"{"status":"ok"}"#)
    }
  }

  @Test(arguments: ["Idempotency-Key", "Fencing-Epoch"], ["1", "2"])
  func `a header that is sent twice is refused, the same or not, and moves nothing`(
    _ header: String, _ second: String
  ) async throws {
    let bank = try BankFolder().open()
    try await withBankServer(bank) { url in
      for (method, path, body) in [
        ("POST", "/payments", Self.body as String?), ("POST", "/payments/trk-1/commit", nil),
        ("POST", "/payments/trk-1/void", #"{"reason":""}"#), ("GET", "/payments/trk-1", nil),
      ] {
        var request = HTTPClientRequest(url: "\(url)\(path)")
        request.method = HTTPMethod(rawValue: method)
        request.headers = ["Idempotency-Key": "1", "Fencing-Epoch": "1"]
        request.headers.add(name: header, value: second)
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let answer = try await send(request)
        #expect(answer.status == 400 && answer.body.contains(#""code":"malformed-request""#))
        #expect(answer.body.contains(header))
      }
      #expect(try await send(HTTPClientRequest(url: "\(url)/payments/trk-1")).status == 404)
    }
  }

  @Test func `a question under an epoch must bring the payment's key`() async throws {
    try await withBankServer(BankFolder().open()) { url in
      var question = HTTPClientRequest(url: "\(url)/payments/trk-1")
      question.headers.add(name: "Fencing-Epoch", value: "\(Int64.max)")
      #expect(try await send(question).body.contains(#""code":"idempotency-key-missing""#))
      question.headers.add(name: "Idempotency-Key", value: "k")
      #expect(try await send(question).body.contains(#""code":"malformed-request""#))
      let prepared = try await post(url, "/payments", Self.body)
      let committed = try await post(url, "/payments/trk-1/commit", nil)
      #expect(prepared.status == 201 && committed.status == 200)
    }
  }

  /// The client sends its request byte by byte and never completes it; the server must close the connection.
  @Test(arguments: [
    "POST /paym", "POST /payments HTTP/1.1\r\nHost: bank\r\nIdempotency-Key: k\r\nContent-Length: 500\r\n\r\n{",
  ])
  func `a request that never ends is cut off, and one that is being answered is not`(_ beginning: String) async throws {
    let faults = FaultInjector(try FaultPlan(parsing: "delay=1s:prepare"))
    try await withBankServer(BankFolder().open(), faults: faults, readTimeout: .milliseconds(200)) { url in
      async let slow = post(url, "/payments", Self.body)
      let port = try #require(Int(url.place.split(separator: ":").last ?? ""))
      let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        .connect(host: "127.0.0.1", port: port) { $0.eventLoop.makeSucceededFuture($0) }
      try await channel.writeAndFlush(ByteBuffer(string: beginning))
      let trickle = Task {
        while !Task.isCancelled {
          try? await Task.sleep(for: .milliseconds(50))
          try await channel.writeAndFlush(ByteBuffer(string: "x"))
        }
      }
      try await channel.closeFuture.get()
      trickle.cancel()
      let answered = try await slow
      #expect(answered.status == 201)
    }
  }

  private struct Problem: Decodable {
    var type: String
    var title: String
    var status: UInt
    var detail: String
    var code: String
  }

  private struct Answer {
    var status: UInt
    var contentType: String?
    var replay: String?
    var body: String
  }

  private func post(
    _ url: BankURL, _ path: String, _ body: String?, key: String? = "k", epoch: String? = nil
  ) async throws -> Answer {
    var request = HTTPClientRequest(url: "\(url)\(path)")
    request.method = .POST
    if let key { request.headers.add(name: "Idempotency-Key", value: key) }
    if let epoch { request.headers.add(name: "Fencing-Epoch", value: epoch) }
    if let body { request.body = .bytes(ByteBuffer(string: body)) }
    return try await send(request)
  }

  private func send(_ request: HTTPClientRequest) async throws -> Answer {
    let response = try await HTTPClient.shared.execute(request, timeout: TimeAmount(Duration.patience))
    let body = try await response.body.collect(upTo: 1 << 20)
    return Answer(
      status: response.status.code, contentType: response.headers.first(name: "Content-Type"),
      replay: response.headers.first(name: "Idempotent-Replay"), body: String(buffer: body))
  }
}
