import ClaimsDomain
import Testing

@Suite("A denial that a person chooses")
struct ChosenDenialTests {
  @Test(
    "is a group and a code of the form that X12 gives them",
    arguments: [
      ("CO-16", true), ("PR-96", true), ("OA-A0", true), ("PI-P12", true), ("CO-B22", true), ("CO-999", true),
      ("CO-016", false), ("CO-0", false), ("CO-C1", false), ("CO-A123", false), ("CO-42", false), ("CO-A2", false),
      ("CR-16", false), ("co-16", false), ("16", false),
    ])
  func code(text: String, isCode: Bool) {
    #expect((ChosenDenial(parsing: text) != nil) == isCode)
  }

  @Test(
    "has a remark of one of three series",
    arguments: [
      ("M76", true), ("MA130", true), ("N130", true), ("X12", false), ("MB1", false), ("M", false), ("n130", false),
    ])
  func remark(text: String, isRemark: Bool) {
    #expect(ChosenDenial.isRemark(text) == isRemark)
  }
}
