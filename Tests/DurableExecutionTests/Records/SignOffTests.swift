import TestSupport
import Testing

@testable import DurableExecution

@Suite("Who makes a manual change, and why")
struct SignOffTests {
  private func defect(by person: String, _ reason: String) -> SignOffDefect? {
    do {
      _ = try SignOff(by: person, reason: reason)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "is kept as it was given, in any script",
    arguments: [
      ("pat", "the account is open again"), ("Ren\u{e9}e O'Neill", "100 %"), ("\u{738B}\u{82B3}", "\u{4FEE}\u{6B63}"),
      ("7", "#9"), (String(repeating: "x", count: 1_000), String(repeating: "y", count: 1_000)),
    ])
  func kept(person: String, reason: String) throws {
    let signOff = try SignOff(by: person, reason: reason)
    #expect(signOff.person == person && signOff.reason == reason)
  }

  @Test(
    "is refused when it says nothing, is too long, or changes how text is displayed",
    arguments: [
      ("", .saysNothing), ("   ", .saysNothing), ("-- ?!", .saysNothing), ("\u{301}", .saysNothing),
      (String(repeating: "x", count: 1_001), .tooLong), ("a\nb", .controls), ("a\u{0}", .controls),
      ("a\u{1b}[2J", .controls), ("a\u{202e}b", .controls), ("a\u{200b}", .controls), ("a\u{2028}b", .controls),
      ("a\u{7f}", .controls), ("a\u{feff}", .controls),
    ] as [(String, SignOffDefect.Fault)])
  func refused(text: String, fault: SignOffDefect.Fault) {
    #expect(defect(by: text, "because") == SignOffDefect(part: .person, fault: fault))
    #expect(defect(by: "pat", text) == SignOffDefect(part: .reason, fault: fault))
  }

  @Test("names the option at fault, and never repeats what was typed", arguments: Seeds.all)
  func texts(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let secret = "name\(random.next())"
      for text in ["\(secret)\u{7}", String(repeating: secret, count: 99)] {
        guard let person = defect(by: text, "x"), let reason = defect(by: "x", text) else {
          Issue.record("seed \(seed): it was taken")
          continue
        }
        #expect(person.description.hasPrefix("--by must") && reason.description.hasPrefix("--reason must"))
        #expect(!person.description.contains(secret) && !reason.description.contains(secret), "seed \(seed)")
      }
    }
  }
}
