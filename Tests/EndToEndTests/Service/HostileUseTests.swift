import ClaimsAPI
import Foundation
import TestSupport
import Testing

@Suite("A caller who means harm gets no more than others")
struct HostileUseTests {
  @Test("claims that are rejected beyond a thousand are counted and not listed: a small body has no huge answer")
  func manyRejected() async throws {
    let office = try Office()
    let body = Array("[\(Array(repeating: "{}", count: 1_200).joined(separator: ","))]".utf8)
    _ = try await Serving.open(in: office, ["--jobs", "0"]) { service in
      let now = try await service.post("/v1/claims", body, as: Serving.token(.submitter), key: "now")
      #expect((try now.json()["claims"] as? [Any])?.count == 1_000, "\(now.status)")
      #expect(now.text.contains(#""rejected":1200"#) && now.text.contains("200 more faults were found"))
    }
  }

  @Test("FHIR claims that are rejected beyond a thousand are counted and not listed")
  func manyRejectedFHIR() async throws {
    let office = try Office()
    let entries = Array(repeating: #"{"resource":{"resourceType":"Claim"}}"#, count: 1_200).joined(separator: ",")
    let bundle = #"{"resourceType":"Bundle","type":"collection","entry":[\#(entries)]}"#
    _ = try await Serving.open(in: office, ["--jobs", "0"]) { service in
      let answer = try await service.post("/fhir/Claim/$submit", bundle.utf8, as: Serving.token(.submitter), key: "now")
      #expect((try answer.json()["entry"] as? [Any])?.count == 1_001, "\(answer.status)")
      #expect(answer.text.contains("200 more faults were found"))
    }
  }

  @Test("an acknowledgment of groups without transactions is no longer than they are")
  func emptyGroups() async throws {
    let office = try Office()
    let count = 400
    let isa =
      "ISA*00*          *00*          *ZZ*A              *ZZ*B              *260301*1200*^*00501*000000001*0*P*:~"
    let body = isa + String(repeating: "GS*HC*A*B*20260301*1200*1*X*005010X222A1~", count: count)
    _ = try await Serving.open(in: office, ["--jobs", "0"]) { service in
      let answer = try await service.post("/v1/acknowledgments", body.utf8, as: Serving.token(.submitter))
      #expect(answer.bytes.count < 8 * body.utf8.count, "\(answer.status): \(answer.bytes.count) bytes")
    }
  }

  @Test("of tokens that are made at once, each is in the file")
  func tokens() async throws {
    let office = try Office()
    let made = try await office.shell(
      """
      for i in 1 2 3 4 5 6 7 8; do "$CLAIMS" tokens new w$i --role agent --tokens t.txt > /dev/null 2>&1 & done
      wait; cut -d' ' -f1 t.txt | sort
      """)
    #expect(made.text.split(separator: "\n").map(String.init) == (1...8).map { "w\($0)" }, "\(made.text)")
  }
}
