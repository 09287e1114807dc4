import ClaimFormats
import Foundation
import Testing

@Suite("A line of JSON has the documented keys in order, and can be decoded")
struct OutputShapeTests {
  @Test("every sample claim has the documented keys, whatever its outcome")
  func keys() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let run = try await office.process("in.837", "--output", "json")
    #expect(run.jsonLines.count == 16)
    for line in run.jsonLines.dropLast() {
      #expect(Self.keysOutside(of: line) == Self.documented, "\(line)")
      _ = try JSONDecoder().decode(ClaimReport.self, from: Data(line.utf8))
    }
    #expect(run.text.contains(#""lines":[{"number":1,"code":"G0463","charge":"180.00","allowed":"#))
    #expect(
      run.text.contains(
        #","paid":"95.00","member_responsibility":"30.00","adjustments":[{"group":"CO","code":"45","amount":"#))
    #expect(run.text.contains(#""keys":{"intake":"idemp:intake:SAMPLE01:DEMO-001:"#))
    for status in ["paid", "denied", "suspended", "rejected"] {
      #expect(run.text.contains("\"status\":\"\(status)\""))
    }
  }

  private static let documented = [
    "claim_number", "claim_intake_id", "adjudication_id", "payment_id", "eob_id", "status", "charge", "total_allowed",
    "member_responsibility", "plan_paid", "adjustments", "lines", "keys", "replayed", "reason",
  ]

  /// Returns the keys of the outermost object, in order.
  private static func keysOutside(of line: String) -> [String] {
    var keys: [String] = []
    var depth = 0
    var string = ""
    var isInString = false
    var isEscaped = false
    for character in line {
      if isInString {
        if character == "\"" && !isEscaped { isInString = false } else { string.append(character) }
        isEscaped = character == "\\" && !isEscaped
        continue
      }
      switch character {
      case "\"": (isInString, string) = (true, "")
      case "{", "[": depth += 1
      case "}", "]": depth -= 1
      case ":" where depth == 1: keys.append(string)
      default: break
      }
    }
    return keys
  }
}
