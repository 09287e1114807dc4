package import ClaimsDomain

/// The totals of a run of `process`. Reports are added as claims finish, so memory does not grow with their number.
package struct ProcessSummary: Hashable, Sendable {
  package private(set) var claims = 0
  package private(set) var counts: [ClaimReport.Status: Int] = [:]
  package private(set) var replayed = 0
  /// The total of all paid claims, including replayed ones: a file gives the same amount however often it is run.
  package private(set) var amountPaid = Money.zero
  /// The part of `amountPaid` that an earlier run had already paid.
  package private(set) var amountReplayed = Money.zero
  package var milliseconds = 0

  package init() {}

  /// - Throws: `MoneyError.overflow` if an amount exceeds 64 bits; the claim is then not counted.
  package mutating func add(_ report: ClaimReport) throws(MoneyError) {
    let paid = report.status == .paid ? report.planPaid ?? .zero : .zero
    let total = try amountPaid + paid
    if report.isReplay {
      amountReplayed = try amountReplayed + paid
      replayed += 1
    }
    amountPaid = total
    claims += 1
    counts[report.status, default: 0] += 1
  }

  package func count(_ status: ClaimReport.Status) -> Int { counts[status] ?? 0 }

  /// The last line of JSON output, with its line feed.
  package var jsonLine: [UInt8] {
    OrderedJSON.line {
      $0.object { json in
        json.key("summary")
        json.object { json in
          writeTotals(to: &json)
          json.member("seconds", milliseconds) { $0.seconds(milliseconds: $1) }
        }
      }
    }
  }

  /// Writes the totals, without the time that they took.
  package func writeTotals(to json: inout OrderedJSON) {
    json.member("claims", claims)
    for status in ClaimReport.Status.allCases { json.member(status.rawValue, count(status)) }
    json.member("replayed", replayed)
    json.member("amount_paid", amountPaid)
  }
}
