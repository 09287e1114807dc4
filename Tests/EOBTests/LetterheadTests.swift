import ClaimFormats
import ClaimsDomain
import Testing

@Suite("The letter says who sends it and where to turn, as far as the payer's file does")
struct LetterheadTests {
  private static func text(_ change: (inout ExplanationOfBenefits) -> Void) throws -> String {
    var eob = try EOBSamples.paid()
    change(&eob)
    return EOBText().text(try EOBLetter(eob)).split(separator: "\n").map { $0.trimmingPrefix { $0 == " " } }
      .joined(separator: " ")
  }

  @Test("address, telephone number and postal codes are written as people write them")
  func written() throws {
    let text = try Self.text { _ in }
    #expect(text.contains("PO Box 400 Riverton, OH 44001-0400 555-555-0123 members@example.com example.com/members"))
    #expect(text.contains("Riverton, OH 44000-1234"))
    #expect(
      text.contains("Call Member Services at 555-555-0123, or write to members@example.com, and have this notice"))
  }

  @Test("the days to appeal and the address are the payer's own")
  func appeal() throws {
    let text = try Self.text { $0.appealDays = 60 }
    #expect(text.contains("You have 60 days from the day you receive this notice."))
    #expect(text.contains("Write to Appeals, PO Box 401, Riverton, OH 44001-0401."))
    #expect(!text.contains("180 days"))
  }

  @Test("what the payer's file does not say is not made up")
  func unknown() throws {
    let text = try Self.text {
      $0.sender = Letterhead(name: "Meadowlark Health Plan")
      $0.appealDays = nil
    }
    #expect(text.contains("your plan documents say exactly how long, and where to write."))
    #expect(text.contains("Call the number on your member card"))
    #expect(!text.contains("555") && !text.contains("Write to"))
  }

  @Test("a service without words is named by its code alone")
  func words() throws {
    #expect(try Self.text { _ in }.contains("G0463-25, Clinic visit"))
    let bare = try Self.text { $0.services = ServiceWords() }
    #expect(bare.contains("Line 1, G0463-25 Billed") && !bare.contains("Clinic visit"))
  }

  @Test("a revenue code has words too")
  func revenueCode() throws {
    var eob = try EOBSamples.memberOwesAll()
    eob.services = try EOBSamples.words("0450,Emergency room")
    #expect(EOBText().text(try EOBLetter(eob)).contains("Line 1, Rev 0450, Emergency room"))
  }

  @Test("the glossary has only words of this letter")
  func glossary() throws {
    #expect(try Self.text { _ in }.contains("Out-of-pocket maximum: The most"))
    let none = try Self.text { $0.yearToDate = nil }
    #expect(!none.contains("Out-of-pocket maximum") && !none.contains("Other insurance"))
  }
}
