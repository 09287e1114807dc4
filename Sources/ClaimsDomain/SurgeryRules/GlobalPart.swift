/// The part of a global package that a line is for (Claims Processing Manual, chapter 12, sections 40.2 and 40.4).
enum GlobalPart: String, CaseIterable {
  /// The operation, with the care before it.
  case surgery = "54"
  case careAfter = "55"
  case careBefore = "56"
  /// Back in the operating room for a complication: the operation alone.
  case returnToOperatingRoom = "78"

  /// What a part comes to.
  enum Share: Equatable {
    case rate(BasisPoints)
    /// The service has no package that could be shared.
    case notDivided
    /// The file does not say.
    case unknown
  }

  /// By the percentages of the RVU file. A package of the day itself (000) has none, and a return for it is paid whole.
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
    // Some rows have a package, and no percentages.
    guard package.total == BasisPoints.whole.value else { return .unknown }
    return .rate(BasisPoints(parts))
  }
}
