import ClaimsDomain
import ClaimPipeline
import DurableExecution
import Foundation
import BankProtocol
import TestSupport
import Testing

@Suite("What follows from a failure")
struct FailureCodeTests {
  @Test("is the same for a repeat of the code, whatever the words", arguments: FailureCode.allCases)
  func byCode(_ code: FailureCode) {
    let failure = ActivityFailure(code, "words")
    #expect(failure.failureCode == code && failure.followUp == code.followUp && failure.isTerminal == code.isTerminal)
  }

  @Test("a failure that is stored needs a person", arguments: FailureCode.allCases.filter(\.isTerminal))
  func stored(_ code: FailureCode) {
    #expect(code.followUp == .person)
  }

  @Test("the runner's own codes are not used for anything else, and have an answer too")
  func runner() {
    #expect(RunnerFailureCode.allCases.allSatisfy { FailureCode(rawValue: $0.rawValue) == nil })
    #expect(ActivityFailure.retryable("lease-ended", "").followUp == .now)
    #expect(ActivityFailure.retryable("unknown-outcome", "").followUp == .later)
  }

  @Test("a code of another build is believed in what it says of itself")
  func foreign() {
    #expect(ActivityFailure.terminal("from-the-future", "").followUp == .person)
    #expect(ActivityFailure.retryable("from-the-future", "").followUp == .later)
  }

  @Test("a refusal of the bank keeps the bank's word")
  func bank() {
    let refusals: Set<BankProblem> = [
      .payeeRefused, .unknownPayment, .paymentVoided, .nothingToVoid, .paidUnderOtherKey,
      .malformed, .keyMissing, .tooLarge,
    ]
    for problem in refusals { #expect(FailureCode(rawValue: problem.rawValue)?.isTerminal == true, "\(problem)") }
    // What became of a key that is in use for something else is for the bank to say, so nothing is stored.
    for problem in [BankProblem.payloadMismatch, .trackingIDTaken, .otherKey, .otherBank] {
      #expect(FailureCode(rawValue: problem.rawValue)?.isTerminal == false, "\(problem)")
    }
  }

  @Test("the documentation lists every code, with what follows from it")
  func documented() throws {
    let text = try String(contentsOfFile: Self.documentation, encoding: .utf8)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { row in
      row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    let words: [FollowUp: String] = [.now: "again at once", .later: "again later", .person: "a person"]
    let codes = FailureCode.allCases.map(\.rawValue) + RunnerFailureCode.allCases.map(\.rawValue)
    for code in codes {
      let followUp = ActivityFailure.retryable(code, "").followUp
      let row = rows.first { $0.first?.contains("`\(code)`") ?? false }
      #expect(row?.dropFirst().first == words[followUp], "\(code)")
    }
  }

  private static let documentation =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/durability.md").path
}
