import ClaimFormats
import ClaimsDomain
import Foundation
import TestSupport
import Testing

@Suite("Random remittances", .temporaryFolder)
struct MadeUpRemittanceTests {
  private static func advices(
    _ count: Int, seed: UInt64, mostAdjustments: Int = 14
  ) throws -> [RemittanceAdvice] {
    var made = MadeUpRemittances(seed: seed, mostAdjustments: mostAdjustments)
    return try (0..<count).map { _ in try made.next() }
  }

  @Test("a written file reads back equal and balances, whatever the size of the reads")
  func readsBack() throws {
    let seed = UInt64.random(in: .min ... .max)
    print("made-up remittances: seed \(seed)")
    let advices = try Self.advices(400, seed: seed)
    let bytes = try Sample.file(advices)
    #expect(try ReadBack(bytes).advices == advices, "seed \(seed)")
    #expect(try Audited(bytes).isClean, "seed \(seed)")
    #expect(try Audited(bytes, longestRead: 97) == Audited(bytes), "seed \(seed)")
    #expect(advices.contains { $0.payment.amount == .zero } && advices.contains { $0.payment.amount > .zero })
    #expect(try Sample.file(advices) == bytes)
  }

  @Test("an independent validator accepts them all", .x12valid)
  func valid() async throws {
    let seed = UInt64.random(in: .min ... .max)
    let folder = try #require(TemporaryFolderTrait.current)
    // pyx12 reads a second PLB as a second footer, which the guide does not allow; but PLB may repeat (TR3, PLB). The
    // checks therefore have only as many adjustments as one PLB holds, with a balance in and a balance out.
    let bytes = try Sample.file(Self.advices(300, seed: seed, mostAdjustments: 4))
    print("remittances for the validator: seed \(seed)")
    let complaints = try await X12Valid.complaints(about: bytes, in: folder)
    #expect(complaints.isEmpty, "seed \(seed): \(complaints.prefix(4_000))")
  }

  @Test("the validator works: it refuses a file with an invalid code or without a required segment", .x12valid)
  func refuses() async throws {
    let folder = try #require(TemporaryFolderTrait.current)
    let text = try Sample.text(PublishedRemittances.r8())
    #expect(try await X12Valid.complaints(about: Array(text.utf8), in: folder).isEmpty)
    for (part, other) in [("CAS*CO", "CAS*CX"), ("PER*BL", "PER*BX"), ("CLP*A-1001*22", "CLP*A-1001*99")] {
      #expect(text.contains(part))
      let broken = Array(text.replacing(part, with: other).utf8)
      #expect(try await !X12Valid.complaints(about: broken, in: folder).isEmpty, "\(other)")
    }
  }
}
