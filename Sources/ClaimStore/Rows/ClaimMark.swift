package import ClaimsDomain

/// What a claim is found by besides its own columns: a procedure, a reason that it was not paid as it was charged, or a
/// check run.
package struct ClaimMark: Hashable, Sendable {
  package enum Kind: String, Sendable {
    /// The procedure of a line, else its revenue code.
    case procedure
    /// A claim adjustment reason with its group, a remark, or the matter that the claim waits for.
    case reason
    /// The number of a check run that reported it.
    case run
  }

  package let kind: Kind
  package let code: String

  /// - Throws: `UnmarkedCode` for a text that no claim is found by.
  package init(_ kind: Kind, named text: String) throws(UnmarkedCode) {
    let code = kind == .reason && SuspenseReason(rawValue: text) != nil ? text : text.uppercased()
    guard !code.isEmpty else { throw .empty }
    if kind == .reason, let usual = code.split(separator: "-").last, ReasonCode.ofPayments.contains(String(usual)) {
      throw .usual(code)
    }
    if kind == .reason, Self.waitsOfPayments.contains(text) { throw .ofPayment(text) }
    (self.kind, self.code) = (kind, code)
  }

  /// What a claim waits for that is decided and not paid. Claims are marked when they are decided, so none is found by it.
  private static let waitsOfPayments: Set<String> = ["payee-on-hold", "payment-refused", "payment-released"]

  /// The mark of the claims that a check run reported.
  package init(run number: Int) {
    self.init(.run, "\(number)")
  }

  private init(_ kind: Kind, _ code: String) {
    (self.kind, self.code) = (kind, code)
  }

  /// The marks of a claim when it is decided. Reasons that explain a part of most payments, such as CO-45, are none.
  ///
  /// - Parameters:
  ///   - decision: nil for a claim that waits.
  ///   - suspense: what the claim waits for; nil for one that was decided.
  package static func of(_ claim: SubmittedClaim, decision: Decision?, suspense: Suspense?) -> Set<ClaimMark> {
    var marks = Set(claim.lines.map(\.code).filter { !$0.isEmpty }.map { ClaimMark(.procedure, $0) })
    for adjustment in (decision?.lines ?? []).flatMap(\.adjustments)
    where !ReasonCode.ofPayments.contains(adjustment.reason) {
      marks.insert(ClaimMark(.reason, "\(adjustment.group.rawValue)-\(adjustment.reason)"))
      if let remark = adjustment.remark { marks.insert(ClaimMark(.reason, remark)) }
    }
    if let suspense { marks.insert(ClaimMark(.reason, suspense.reason.code)) }
    return marks
  }
}

/// No claim is found by a text.
package enum UnmarkedCode: Error, Hashable, CustomStringConvertible {
  case empty
  /// The reason explains a part of most payments.
  case usual(String)
  /// The reason is that of a payment, not of a decision.
  case ofPayment(String)

  package var description: String {
    switch self {
    case .empty: "it is empty"
    case .ofPayment(let code): "\(code) is why a payment waits, by which no claim is found: name its provider"
    case .usual(let code): "\(code) explains a part of most payments, so claims are not found by it"
    }
  }
}

/// A claim and what it is found by.
package struct MarkedClaim: Hashable, Sendable {
  package let id: ClaimIntakeID
  package let receivedOn: CalendarDate
  package let marks: Set<ClaimMark>

  package init(_ row: ClaimRow, _ marks: Set<ClaimMark>) {
    (id, receivedOn, self.marks) = (row.id, row.receivedOn, marks)
  }
}
