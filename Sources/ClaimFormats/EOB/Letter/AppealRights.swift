import ClaimsDomain

/// What a member who disagrees can do. General wording that holds for most plans (45 CFR 147.136, 29 CFR 2560.503-1); a
/// plan's own notice may have to say more.
struct AppealRights {
  let title = "If you disagree"
  let paragraphs: [String]
  let contact: String

  init(of eob: ExplanationOfBenefits) {
    contact = eob.sender.questions
    let first = """
      You have the right to ask us to look at this decision again. This is called an appeal. \
      \(Self.deadline(eob.appealDays, eob.sender.appealsAddress)) You may send anything that speaks for you, and someone \
      else, your provider for example, may appeal for you.
      """
    paragraphs = [first] + Self.further
  }

  /// How long the member has to appeal, and where to write. What the payer's file leaves open, the plan documents say.
  private static func deadline(_ days: Int?, _ address: Address?) -> String {
    let place = address.map { "Write to \($0.lettered.joined(separator: ", "))." }
    guard let days else {
      let most =
        "Most plans give you 180 days from the day you receive this notice; your plan documents say exactly how long"
      return place.map { "\(most). \($0)" } ?? "\(most), and where to write."
    }
    let own = "You have \(days) days from the day you receive this notice."
    return "\(own) \(place ?? "Your plan documents say where to write.")"
  }

  private static let further = [
    """
    You may ask us, free of charge, for copies of everything we used to decide, and for the meaning of the diagnosis and \
    treatment codes on the claim. If waiting could harm your health, ask for an urgent appeal and you will hear from us \
    within 72 hours.
    """,
    """
    If we do not change our decision, you may have the right to a review by someone independent of us. Your state's \
    insurance department can help you, and so can the U.S. Department of Labor if your plan comes from an employer.
    """,
  ]
}
