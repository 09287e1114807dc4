import ClaimsAPI
import Foundation
import Testing

@Suite("Agents in any language ask for a key by a named strategy")
struct KeyStrategiesOverHTTPTests {
  private static let business = #"{"strategy": "business", "parts": {"effect": "ship", "segments": ["42", "a:b"]}}"#

  private static func token(action: String = "remind", retention: String = "workflow") -> String {
    #"{"strategy": "token", "retention": "\#(retention)", "parts": {"instance": "mailer-1", "action": "\#(action)","#
      + #" "at": "2026-06-01T12:00:00Z", "window": "day", "parameters": {"member": "M1"}}}"#
  }

  private static func derive(_ service: Serving, _ body: String) async throws -> Serving.Reply {
    try await service.post("/v1/effects/key", body.utf8, as: Serving.token(.agent))
  }

  private static func acquire(_ service: Serving, _ key: String, _ retention: String) async throws -> Int {
    let members = ["key": key, "fingerprint": String(repeating: "a", count: 64), "retention": retention]
    let body = try JSONSerialization.data(withJSONObject: members)
    return try await service.post("/v1/effects/acquire", body, as: Serving.token(.agent)).status
  }

  @Test(
    "the answer names the key and whether it is for money, and a key that is not is refused where money depends on it")
  func money() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office) { service in
      let business = try await Self.derive(service, Self.business)
      #expect(
        business.text
          == #"{"strategy":"business","key":"idemp:ship:42:a%3Ab","money":true,"why_not":null}"#)
      #expect(try await Self.derive(service, Self.business).bytes == business.bytes, "the answer is a pure function")
      #expect(try await Self.acquire(service, "idemp:ship:42:a%3Ab", "financial") == 200)

      let token = try await Self.derive(service, Self.token()).json()
      let key = try #require(token["key"] as? String)
      #expect(key.hasPrefix("idemp:by-token:mailer-1:remind:day:20605:") && !key.contains("M1"))
      #expect(token["money"] as? Bool == false && (token["why_not"] as? String)?.contains("acts twice") == true)
      #expect(try await Self.acquire(service, key, "workflow") == 200)
      #expect(try await Self.acquire(service, key, "financial") == 422)
      for body in [Self.token(retention: "financial"), Self.token(action: "pay")] {
        let refused = try await Self.derive(service, body)
        #expect(refused.status == 422 && refused.text.contains("not for money"), "\(refused.text)")
      }
      #expect(try await Self.acquire(service, "idemp:by-token:mailer-1:pay:day:20605:00", "workflow") == 422)
    }
  }

  @Test("parts that a strategy does not have, or that are not as they should be, are refused")
  func refused() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office) { service in
      for body in [
        "{}", #"{"strategy": "lamport", "parts": {}}"#, #"{"strategy": "business", "parts": []}"#,
        #"{"strategy": "business", "parts": {"effect": "ship"}}"#,
        #"{"strategy": "business", "parts": {"effect": "ship", "segments": []}}"#,
        #"{"strategy": "business", "parts": {"effect": "", "segments": ["1"]}}"#,
        #"{"strategy": "business", "parts": {"effect": "ship", "segments": [1]}}"#,
        #"{"strategy": "business", "parts": {"effect": "ship", "segments": ["é"]}}"#,
        #"{"strategy": "business", "parts": {"effect": "ship", "segments": ["1"], "at": "now"}}"#,
        Self.token().replacing("12:00", with: "25:00"), Self.token().replacing("06-01", with: "02-30"),
        Self.token().replacing(#""day""#, with: #""week""#), Self.token(retention: "forever"),
        Self.token().replacing(#""M1""#, with: "9007199254740993"),
        #"{"strategy": "fingerprint", "parts": {"request": 1, "state": 1, "environment": "test", "versions": {"a": 1}}}"#,
      ] {
        let reply = try await Self.derive(service, body)
        #expect(reply.status == 400, "\(body): \(reply.text)")
      }
      let disguised = Self.business.replacing(#""ship""#, with: #""by-token""#)
      #expect(try await Self.derive(service, disguised).status == 422)
    }
  }

  @Test("a fingerprint is the same for equal JSON, however it is written, and another for anything that differs")
  func fingerprints() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office) { service in
      func key(_ request: String, state: String = "null") async throws -> String {
        let reply = try await Self.derive(
          service,
          #"{"strategy": "fingerprint", "parts": {"request": \#(request), "state": \#(state), "environment": "test","#
            + #" "versions": {"rules": "3"}}}"#)
        return try #require(try reply.json()["key"] as? String, "\(reply.text)")
      }
      let first = try await key(#"{"a": [1, true, null, 0.5], "b": "x"}"#)
      #expect(try await key(#"{"b":"\u0078","a":[1.0,true,null,5e-1]}"#) == first)
      for other in [
        try await key(#"{"a": [1, true, null, 0.5], "b": "y"}"#), try await key(#"{"a": [1, 1, null, 0.5], "b": "x"}"#),
        try await key(#"{"a": [1, true, null, 0.5], "b": "x"}"#, state: "7"),
      ] { #expect(other != first) }
    }
  }
}
