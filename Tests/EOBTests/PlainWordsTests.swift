import ClaimsDomain
import Testing

@testable import ClaimFormats

@Suite("Adjustment codes in plain words")
struct PlainWordsTests {
  @Test(
    "exist for every code that the rules use",
    arguments: [
      (.patientResponsibility, "1"), (.patientResponsibility, "2"), (.patientResponsibility, "3"), (.contractual, "45"),
      (.other, "18"), (.contractual, "18"), (.patientResponsibility, "26"), (.patientResponsibility, "27"),
      (.patientResponsibility, "31"), (.contractual, "29"), (.contractual, "96"), (.patientResponsibility, "96"),
      (.contractual, "97"), (.contractual, "236"), (.contractual, "151"), (.patientResponsibility, "119"),
      (.contractual, "197"), (.contractual, "16"), (.contractual, "253"), (.other, "23"),
    ] as [(AdjustmentGroup, String)])
  func known(group: AdjustmentGroup, reason: String) {
    let words = PlainWords(group, reason)
    #expect(!words.title.hasPrefix("Adjustment"))
    #expect(words.text.hasSuffix("."))
  }

  @Test("never guess the meaning of an unknown code", arguments: ["42", "A2", "P14", ""])
  func unknown(_ reason: String) throws {
    let words = PlainWords(.contractual, reason)
    #expect(words.title == "Adjustment \(reason)")
    #expect(try #require(words.advice).contains("Call us"))
  }

  @Test("state, by the group, who bears the amount")
  func bearer() {
    #expect(PlainWords(.contractual, "96").text.contains("may not bill you"))
    #expect(PlainWords(.patientResponsibility, "96").text.contains("may bill you"))
    #expect(PlainWords(.other, "18").text.contains("not counted in what you may owe"))
    #expect(!PlainWords(.patientResponsibility, "1").text.contains("bill you"))
  }

  @Test("include the meaning of a known remark, and ignore an unknown one")
  func remarks() {
    #expect(PlainWords(.contractual, "96", remark: "N448").text.contains("has a price for"))
    #expect(PlainWords(.contractual, "16", remark: "N999").text == PlainWords(.contractual, "16").text)
  }
}
