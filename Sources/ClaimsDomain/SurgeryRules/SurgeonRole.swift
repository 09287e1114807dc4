/// In which part a line's surgeon stood at the table. The parts are ranked apart: an assistant's procedures are other
/// procedures than the surgeon's.
enum SurgeonRole: Hashable {
  case surgeon
  /// 80 assistant, 81 minimum assistant, 82 where no resident was to be had.
  case assistant
  /// AS: a physician assistant, nurse practitioner or clinical nurse specialist.
  case nonPhysicianAssistant
  /// 62: two surgeons, each of another part of one procedure.
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

  /// The rates a fee goes through for this part.
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

  /// What the MPFS says of being paid in this part; nil where it does not ask.
  private func indicator(_ indicators: PaymentPolicyIndicators) -> Character? {
    switch self {
    case .surgeon: nil
    case .assistant, .nonPhysicianAssistant: indicators.assistant
    case .coSurgeon: indicators.coSurgeon
    case .team: indicators.team
    }
  }

  /// CO-54: more than one surgeon is not paid for this procedure (RVU file layout: ASST SURG 1 and 9, CO-SURG and TEAM
  /// SURG 0 and 9).
  func denial(of line: FeePricedLine) -> Denial? {
    guard let indicator = indicator(line.indicators) else { return nil }
    let isAssistant = self == .assistant || self == .nonPhysicianAssistant
    guard indicator == "9" || indicator == (isAssistant ? "1" : "0") else { return nil }
    return Denial(
      .contractual, "54", by: rule, RuleInput("code", line.code), RuleInput("indicator", indicator))
  }

  /// Whether a person has to look at the papers first (ASST SURG 0, CO-SURG 1, TEAM SURG 1 and 2: by report).
  func needsDocumentation(_ line: FeePricedLine) -> Bool {
    switch self {
    case .surgeon: false
    case .assistant, .nonPhysicianAssistant: line.indicators.assistant == "0"
    case .coSurgeon: line.indicators.coSurgeon == "1"
    case .team: line.indicators.team == "1" || line.indicators.team == "2"
    }
  }
}
