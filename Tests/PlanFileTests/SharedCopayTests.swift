import ClaimFormats
import ClaimsDomain
import Testing

@Suite("A copay that claims of the same day and provider share")
struct SharedCopayTests {
  private static func desk(_ per: String = "provider-and-day", more: String = "") throws -> PlanDesk {
    try PlanDesk([
      "benefits":
        "[{id: visit, applies: {procedures: [G04*]}, copay: 25.00, copay_per: \(per), coinsurance: 0%\(more)}]"
    ])
  }

  @Test("is taken once, however many claims the visit has; another day or provider has its own copay")
  func once() throws {
    var desk = try Self.desk()
    #expect(try desk.decide("100.00").remitted == ["PR-3 25.00", "paid 75.00"])
    #expect(try desk.decide("40.00").remitted == ["paid 40.00"])
    #expect(try desk.decide("40.00", on: "2026-03-03").remitted == ["PR-3 25.00", "paid 15.00"])
    #expect(try desk.decide(PlanDesk.claim(["40.00"], npi: "1679576722")).remitted == ["PR-3 25.00", "paid 15.00"])
  }

  @Test("is completed by later claims if the first was too small for it")
  func rest() throws {
    var desk = try Self.desk()
    #expect(try desk.decide("10.00").remitted == ["PR-3 10.00", "paid 0.00"])
    #expect(try desk.decide("40.00", "5.00").remitted == ["PR-3 15.00", "paid 30.00"])
    #expect(try desk.decide("40.00").remitted == ["paid 40.00"])
  }

  @Test("is taken from each claim if the plan does not state otherwise")
  func perClaim() throws {
    var desk = try Self.desk("claim")
    for _ in 1...2 { #expect(try desk.decide("100.00").remitted == ["PR-3 25.00", "paid 75.00"]) }
  }

  @Test("counts as taken for the visit even if the year's maximum waives a part of it")
  func forgiven() throws {
    var desk = try PlanDesk([
      "out_of_pocket_maximum": "{individual: 20.00, family: 20.00, embedded: true}",
      "benefits": "[{id: visit, applies: {procedures: [G04*]}, copay: 25.00, copay_per: provider-and-day}]",
    ])
    #expect(try desk.decide("100.00").remitted == ["PR-3 20.00", "paid 80.00"])
    #expect(try desk.decide("100.00").remitted == ["paid 100.00"])
  }

  @Test(
    "its bucket reads back as it was written, whatever the benefit is called",
    arguments: ["visit", "a:b", "copay:3", ":", "béné", "1:2:3"])
  func buckets(benefit: String) {
    let bucket = AccumulatorScope.Bucket.copay(benefit: benefit, visit: "2026-03-02 1:2")
    #expect(AccumulatorScope.Bucket(rawValue: bucket.rawValue) == bucket)
  }

  @Test(
    "an invalid bucket is refused",
    arguments: ["copay:", "copay:0::x", "copay:9:visit:x", "copay:x:visit:y", "copay:5:visit"])
  func noBucket(text: String) { #expect(AccumulatorScope.Bucket(rawValue: text) == nil) }

  @Test("a benefit without a copay cannot share one")
  func refusal() throws {
    let error = try #require(throws: PlanFileError.self) {
      try PlanDesk(["benefits": "[{id: v, applies: {procedures: [G04*]}, copay_per: provider-and-day}]"])
    }
    #expect("\(error)".contains("benefit \"v\" has no copay"), "\(error)")
  }
}
