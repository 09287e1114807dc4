package import ClaimPipeline
import ClaimStore
import DurableExecution

extension EndedClaim {
  /// The outcome in one word, for assertions.
  package var word: String {
    switch self {
    case .audited(let claim): claim.row.status.rawValue
    case .rejected: "rejected"
    case .unsettled(let unsettled): "unsettled:\(unsettled.reason.code)"
    }
  }

  package var audited: AuditedClaim? {
    if case .audited(let claim) = self { claim } else { nil }
  }

  package var isReplay: Bool {
    switch self {
    case .audited(let claim): claim.isReplay
    case .rejected(_, _, let isReplay): isReplay
    case .unsettled: false
    }
  }
}
