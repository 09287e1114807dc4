import BankProtocol
import ClaimPipeline
import ClaimsDomain
import DurableExecution
import Foundation
import TestSupport
import Testing

@Suite("The follow-up of a failure")
struct FailureCodeTests {
  @Test("depends on its code, and not on its message", arguments: FailureCode.allCases)
  func byCode(_ code: FailureCode) {
    let failure = ActivityFailure(code, "words")
    #expect(failure.failureCode == code && failure.followUp == code.followUp && failure.isTerminal == code.isTerminal)
  }

  @Test("is a person if the failure is stored", arguments: FailureCode.allCases.filter(\.isTerminal))
  func stored(_ code: FailureCode) {
    #expect(code.followUp == .person)
  }

  @Test("is defined for the runner's own codes too, which are used for nothing else")
  func runner() {
    #expect(RunnerFailureCode.allCases.allSatisfy { FailureCode(rawValue: $0.rawValue) == nil })
    #expect(ActivityFailure.retryable("lease-ended", "").followUp == .now)
    #expect(ActivityFailure.retryable("unknown-outcome", "").followUp == .later)
  }

  @Test("follows from the failure itself if its code is from another build")
  func foreign() {
    #expect(ActivityFailure.terminal("from-the-future", "").followUp == .person)
    #expect(ActivityFailure.retryable("from-the-future", "").followUp == .later)
  }

  @Test("a refusal by the bank keeps the bank's code")
  func bank() {
    let refusals: Set<BankProblem> = [
      .payeeRefused, .unknownPayment, .paymentVoided, .nothingToVoid, .paidUnderOtherKey,
      .malformed, .keyMissing, .tooLarge,
    ]
    for problem in refusals { #expect(FailureCode(rawValue: problem.rawValue)?.isTerminal == true, "\(problem)") }
    // Only the bank knows the outcome of a key that is in use for another payment, so no failure is stored.
    for problem in [BankProblem.payloadMismatch, .trackingIDTaken, .otherKey, .otherBank] {
      #expect(FailureCode(rawValue: problem.rawValue)?.isTerminal == false, "\(problem)")
    }
  }

  @Test("the documentation lists every code with its follow-up")
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
