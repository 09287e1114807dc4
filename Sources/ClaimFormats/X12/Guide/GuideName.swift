/// The implementation guide that a transaction claims to follow: ST03, and GS08 of its group.
struct GuideName {
  /// ST03, or else GS08; empty when neither is present.
  let text: String
  private let isContradicted: Bool
  /// Whether the transaction lacks its own ST03, which is required from 005010 on.
  private let lacksOwn: Bool

  init(st03: String?, gs08: String?) {
    text = (st03 ?? gs08 ?? "").uppercased()
    lacksOwn = st03 == nil && text.hasPrefix("005")
    isContradicted = st03 != nil && gs08 != nil && st03?.uppercased() != gs08?.uppercased()
  }

  /// Whether claims of this guide are read, with any errata.
  static func isRead(_ version: String) -> Bool { isRead(version, as: .claims) }

  private static func isRead(_ version: String, as content: EnvelopeCheck.Content) -> Bool {
    content.guides.contains(version.uppercased().prefix(10))
  }

  /// Returns the reason that the transaction cannot be accepted; nil when it can be.
  func refusal(as content: EnvelopeCheck.Content) -> String? {
    guard let wanted = content.wanted else { return nil }
    if isContradicted { return "it names one implementation guide (ST03) and its group another (GS08)" }
    guard !Self.isRead(text, as: content) else {
      return lacksOwn ? "it does not name its implementation guide (ST03), though its group does (GS08)" : nil
    }
    guard !text.isEmpty else { return "it names no implementation guide (ST03, GS08): \(wanted)" }
    guard content == .claims, let kind = Self.kinds.first(where: { text.contains($0.key) })?.value else {
      return "its implementation guide (ST03, GS08) is none that is read here: \(wanted)"
    }
    return "\(kind) is not paid here: \(wanted)"
  }

  /// The guides of the 837 that senders mistake for those of claims.
  private static let kinds = [
    "X097": "a dental claim (837D)", "X224": "a dental claim (837D)",
    "X291": "a predetermination (005010X291)", "X292": "a predetermination (005010X292)",
    "X293": "a predetermination (005010X293)",
    "X298": "a report of a claim that others have decided (005010X298)",
    "X299": "a report of a claim that others have decided (005010X299)",
    "X300": "a report of a claim that others have decided (005010X300)",
  ]
}

extension EnvelopeCheck.Content {
  /// The guides that are read, without their errata.
  fileprivate var guides: Set<Substring> {
    switch self {
    case .claims: ["005010X222", "005010X223", "004010X098", "004010X096"]
    case .enrollments: ["005010X220", "004010X095"]
    case .inquiries: ["005010X279"]
    case .remittances: []
    }
  }

  /// What to send instead. Nil when any guide is accepted, as for other payers' remittances, which are only inspected.
  fileprivate var wanted: String? {
    switch self {
    case .claims: "send 005010X222A1 (professional) or 005010X223A2 (institutional)"
    case .enrollments: "send 005010X220A1"
    case .inquiries: "send 005010X279A1"
    case .remittances: nil
    }
  }
}
