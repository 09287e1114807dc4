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

  /// What a person has to look at first: the papers of an assistant or co-surgeon (ASST SURG 0, CO-SURG 1), and those of
  /// a team, by which its part is priced (TEAM SURG 1 and 2).
  func review(of line: FeePricedLine) -> RuledLine.Review? {
    switch self {
    case .surgeon: nil
    case .assistant, .nonPhysicianAssistant: line.indicators.assistant == "0" ? .surgeonDocumentation : nil
    case .coSurgeon: line.indicators.coSurgeon == "1" ? .surgeonDocumentation : nil
    case .team: line.indicators.team == "1" || line.indicators.team == "2" ? .byReport : nil
    }
  }
}
