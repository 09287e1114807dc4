/// The role of a line's surgeon in an operation. Roles are ranked separately: an assistant's procedures are distinct
/// from the surgeon's.
enum SurgeonRole: Hashable {
  case surgeon
  /// 80 assistant, 81 minimum assistant, 82 when no resident was available.
  case assistant
  /// AS: a physician assistant, nurse practitioner, or clinical nurse specialist.
  case nonPhysicianAssistant
  /// 62: two surgeons, each performing a different part of one procedure.
  case coSurgeon
  /// 66: a team, priced by report.
  case team

  init(_ modifiers: Set<String>) {
    if modifiers.contains("AS") {
      self = .nonPhysicianAssistant
    } else if !modifiers.isDisjoint(with: ["80", "81", "82"]) {
      self = .assistant
    } else if modifiers.contains("62") {
      self = .coSurgeon
    } else {
      self = modifiers.contains("66") ? .team : .surgeon
    }
  }

  /// The rates applied to a fee for this role.
  func rates(_ rates: PaymentRuleRates) -> [BasisPoints] {
    switch self {
    case .surgeon, .team: []
    case .assistant: [rates.assistant]
    case .nonPhysicianAssistant: [rates.assistant, rates.nonPhysicianAssistant]
    case .coSurgeon: [rates.coSurgeon]
    }
  }

  var rule: RuleID {
    switch self {
    case .surgeon: .surgerySurgeon
    case .assistant, .nonPhysicianAssistant: .surgeryAssistant
    case .coSurgeon: .surgeryCoSurgeon
    case .team: .surgeryTeam
    }
  }

  /// The MPFS indicator for payment in this role; nil when there is none.
  private func indicator(_ indicators: PaymentPolicyIndicators) -> Character? {
    switch self {
    case .surgeon: nil
    case .assistant, .nonPhysicianAssistant: indicators.assistant
    case .coSurgeon: indicators.coSurgeon
    case .team: indicators.team
    }
  }

  /// CO-54: Multiple surgeons are not paid for this procedure (RVU file layout: ASST SURG 1 and 9, CO-SURG and TEAM
  /// SURG 0 and 9).
  func denial(of line: FeePricedLine) -> Denial? {
    guard let indicator = indicator(line.indicators) else { return nil }
    let isAssistant = self == .assistant || self == .nonPhysicianAssistant
    guard indicator == "9" || indicator == (isAssistant ? "1" : "0") else { return nil }
    return Denial(by: rule, RuleInput("code", line.code), RuleInput("indicator", indicator))
  }

  /// What a person has to review first: the documentation of an assistant or co-surgeon (ASST SURG 0, CO-SURG 1), or
  /// the report that prices a team's part (TEAM SURG 1 and 2).
  func review(of line: FeePricedLine) -> RuledLine.Review? {
    switch self {
    case .surgeon: nil
    case .assistant, .nonPhysicianAssistant: line.indicators.assistant == "0" ? .surgeonDocumentation : nil
    case .coSurgeon: line.indicators.coSurgeon == "1" ? .surgeonDocumentation : nil
    case .team: line.indicators.team == "1" || line.indicators.team == "2" ? .byReport : nil
    }
  }
}

/// The part of a global package that a line is for (Claims Processing Manual, chapter 12, sections 40.2 and 40.4).
enum GlobalPart: String, CaseIterable {
  /// The operation and the care before it.
  case surgery = "54"
  case careAfter = "55"
  case careBefore = "56"
  /// A return to the operating room for a complication: the operation alone.
  case returnToOperatingRoom = "78"

  /// The payment for a part.
  enum Share: Equatable {
    case rate(BasisPoints)
    /// The service has no package that could be divided.
    case notDivided
    /// The file does not say.
    case unknown
  }

  /// The part's share by the percentages of the RVU file. A same-day package (000) is not divided, and a return to the
  /// operating room for it is paid in full.
  func share(_ indicators: PaymentPolicyIndicators) -> Share {
    switch indicators.globalDays {
    case "000": return self == .returnToOperatingRoom ? .rate(.whole) : .notDivided
    case "XXX", "ZZZ": return .notDivided
    case "010", "090": break
    default: return .unknown
    }
    let package = indicators.package
    let parts =
      switch self {
      case .surgery: package.before.scaled + package.operation.scaled
      case .careAfter: package.after.scaled
      case .careBefore: package.before.scaled
      case .returnToOperatingRoom: package.operation.scaled
      }
    // Some rows have a package but no percentages.
    guard package.total == BasisPoints.whole.value else { return .unknown }
    return .rate(BasisPoints(parts))
  }
}
