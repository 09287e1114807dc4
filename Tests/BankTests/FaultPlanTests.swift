import BankProtocol
import BankSimulator
import Testing

@Suite struct FaultPlanTests {
  @Test func `a plan is read as it is written`() throws {
    let plan = try FaultPlan(
      parsing: "seed=42,delay=200ms:prepare:0.3,error503:commit:count=3,lose-reply:any:0.5:count=2")
    #expect(plan.seed == 42)
    #expect(
      plan.rules == [
        FaultRule(.delay(.milliseconds(200)), in: .prepare, rate: 0.3),
        FaultRule(.errorBefore(503), in: .commit, limit: 3),
        FaultRule(.loseReply, in: nil, rate: 0.5, limit: 2),
      ])
    #expect(try FaultPlan(parsing: "\(plan)") == plan)
  }

  @Test(arguments: [
    "drop", "hang", "hang-after", "lose-reply", "other-reply", "error500", "error599-after", "delay=3s",
  ])
  func `each fault can be named`(_ fault: String) throws {
    let plan = try FaultPlan(parsing: "\(fault):void")
    #expect(try FaultPlan(parsing: "\(plan)") == plan)
  }

  @Test(
    arguments: [
      ("lose-reply", FaultPlanError.noOperation("lose-reply")), ("burn:commit", .unknownFault("burn")),
      ("error404:commit", .unknownFault("error404")), ("error503-soon:commit", .unknownFault("error503-soon")),
      ("delay=-1s:commit", .unknownFault("delay=-1s")), ("drop:refund", .unknownOperation("refund")),
      ("drop:commit:1.5", .badFrequency("1.5")), ("drop:commit:nan", .badFrequency("nan")),
      ("drop:commit:count=0", .badFrequency("count=0")), ("seed=x", .badSeed("seed=x")),
    ])
  func `what cannot be read is named`(_ text: String, _ error: FaultPlanError) {
    #expect(throws: error) { try FaultPlan(parsing: text) }
  }
}
