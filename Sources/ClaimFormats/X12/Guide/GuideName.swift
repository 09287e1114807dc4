/// Which implementation guide a transaction says it follows: ST03, and GS08 of its group.
struct GuideName {
  /// ST03, else GS08; empty where neither says anything.
  let text: String
  private let isContradicted: Bool
  /// From 005010 on each transaction says it itself.
  private let lacksOwn: Bool

  init(st03: String?, gs08: String?) {
    text = (st03 ?? gs08 ?? "").uppercased()
    lacksOwn = st03 == nil && text.hasPrefix("005")
    isContradicted = st03 != nil && gs08 != nil && st03?.uppercased() != gs08?.uppercased()
  }

  /// Whether claims of this guide are read, in whatever errata.
  static func isRead(_ version: String) -> Bool { isRead(version, as: .claims) }

  private static func isRead(_ version: String, as content: EnvelopeCheck.Content) -> Bool {
    content.guides.contains(version.uppercased().prefix(10))
  }

  /// Why nothing of the transaction can be taken in; nil where it can.
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

  /// The guides of 837 that people take for those of claims.
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

  /// Nil where any guide will do: remittances of others are only looked at.
  fileprivate var wanted: String? {
    switch self {
    case .claims: "send 005010X222A1 (professional) or 005010X223A2 (institutional)"
    case .enrollments: "send 005010X220A1"
    case .inquiries: "send 005010X279A1"
    case .remittances: nil
    }
  }
}
