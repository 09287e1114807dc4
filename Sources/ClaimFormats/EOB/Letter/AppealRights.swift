/// What a member may do who disagrees. General wording that holds for most plans (45 CFR 147.136, 29 CFR 2560.503-1);
/// a plan's own notice may have to say more.
struct AppealRights {
  let title = "If you disagree"
  let paragraphs = [
    """
    You have the right to ask us to look at this decision again. This is called an appeal. Most plans give you 180 days \
    from the day you receive this notice; your plan documents say exactly how long, and where to write. You may send \
    anything that speaks for you, and someone else, your provider for example, may appeal for you.
    """,
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
  let contact = "Questions? Call the number on your member card and have this notice at hand."
}
