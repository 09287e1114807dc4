import ClaimStore
import DurableSQL
import Testing

/// A released step is in people's databases: a program with another text of it refuses them.
@Suite("A migration is only ever added, never edited")
struct StepDigestTests {
  /// One step as it was when it was introduced: SHA-256 of its text in each dialect.
  private struct Taken {
    let name: String
    let sqlite: String
    let postgres: String

    init(_ name: String, sqlite: String, postgres: String) {
      (self.name, self.sqlite, self.postgres) = (name, sqlite, postgres)
    }
  }

  /// Version 0.1.0 has the first twelve. Add a line for a new step; change none.
  private static let taken = [
    Taken(
      "durable_0001", sqlite: "755a709cdc058a9b6aafca2d158bf369df5935119b829500e44e2541067efcd8",
      postgres: "63e62c2855dea5929d6ae676f3b9fa75245357d555ee6d3818bc9f920e78f098"),
    Taken(
      "claims_0001", sqlite: "8035c8db366ec382d505cb66d474d29d8f9522b1ec8493a6ad1bc9d965d22a62",
      postgres: "489d326f7b8df84bb7e8c9f2341a3def36ace5a405fd2296510be05b52420ac3"),
    Taken(
      "durable_0002", sqlite: "828f2fcf5395366ccd975f63efbb3e57664c9119a11471a8f8a4fb933034cfe3",
      postgres: "7a2cdb833a09ad558812600faea3a925940c11ccceb008fd0603e424ff8e79a3"),
    Taken(
      "claims_0002", sqlite: "c13ad29d63c2f7b0347d090a58bc7566365688b54285f69500953c9c74dcc332",
      postgres: "011b7283e113c720f6d664733bbe67bc7a7740a799b345b0f03b624a46beb6c4"),
    Taken(
      "claims_0003", sqlite: "e785bdffffe5e6313cec5e4ad9a5034d4933df560e0639c5126a450f02ca21fe",
      postgres: "dde1570e1c124cd60495b2de59a63a23b959633cb1cb1f2ba8266a84f2def28f"),
    Taken(
      "claims_0004", sqlite: "9ef77894c10c78696edbd51c1e2e64547de90f927290d05fd1cc3ea0b3de7d50",
      postgres: "80a45fe39575cdbe59e41094e8d9f5bd5be9747b49cccfa7f5e8255f19734924"),
    Taken(
      "claims_0005", sqlite: "e582387bf1dd2d552d77dc3fec10c884f3832d79c8fa5c19e705bc4356798a5f",
      postgres: "0fa029230b09a616915b892f6472d920475bbb372190d8cac1af36b69a1ff38e"),
    Taken(
      "claims_0006", sqlite: "7ec52dd38a7257bad19d6728281bef5421a83e886810c1d1f722d3620589b6dc",
      postgres: "ce9ba72c13b45b96c1241c8c54e1d6965323b882ab534970171d613d6a0fdb42"),
    Taken(
      "claims_0007", sqlite: "de07fe72a9b83e88fe7114045a63a54403c90078b4cd55a57a231f081a5a6406",
      postgres: "215de43d801a5439c7362dcdfd702a05ada10411fffa0efabd803348bf9a7062"),
    Taken(
      "claims_0008", sqlite: "3fae276922252428cc297ee06b2271ed3c310386bcfefa00266892a09a1a2b6b",
      postgres: "0086a42736d363f2a5c526be743d909c581aaac12d3b38a04647a5347fcf6faa"),
    Taken(
      "claims_0009", sqlite: "b7645acef625e00583c29921114393b86064a890ef6b090ae57dff074576a65f",
      postgres: "83dab479809808dba47593a67512d3273194f3391374438544dd66ee93eb17c0"),
    Taken(
      "claims_0010", sqlite: "4e830646e9d956bf698dabdc3a0068074a01532e4f8586c0b16becd0fd30e794",
      postgres: "8c2ac4c94365f5c66a491df2549cdeaf12d8e691d601540353909a5b1c50c8f9"),
    Taken(
      "claims_0011", sqlite: "b7565e538f30ea89373c6a338aaa245e5eb7355ee6ebb68a4deaeb6150ac10cc",
      postgres: "739f732b613a93cb3c1145020919d54c33dfd3734dc1a2fce85e7474390cea58"),
    Taken(
      "claims_0012", sqlite: "f56845ec06c87891139d34bf812aa0962b9d476402bb3acfd089f653be3b00a1",
      postgres: "8422dafe7f286767f338112d15e6971ff73b0f02b6a3efc1fd5fb16a75f5b64f"),
    Taken(
      "claims_0013", sqlite: "85b44627ca268333fb50cd9e7d81fb98b50aa4b9c98b98aaf6ebb8c1a37a663c",
      postgres: "ee3d6325047ac65b257d2952184314ed5d3d11ac444147db4667af6defecf180"),
  ]

  @Test("every step that was ever taken is there, in its place and to the byte")
  func unchanged() {
    let steps = SchemaSteps.claims
    for (number, step) in Self.taken.enumerated() {
      guard number < steps.version else {
        Issue.record("\(step.name) is gone, and stores that have taken it are refused")
        continue
      }
      #expect(steps.steps[number].name == step.name)
      let advice = "\(step.name).sql has changed: add a step instead"
      #expect(steps.sqlite[number].digest == step.sqlite, "sqlite_\(advice)")
      #expect(steps.postgres[number].digest == step.postgres, "postgres_\(advice)")
    }
  }

  @Test("a step that is added is on record here from its first day")
  func onRecord() {
    let steps = SchemaSteps.claims
    for number in Self.taken.count..<max(Self.taken.count, steps.version) {
      let digests = (steps.sqlite[number].digest, steps.postgres[number].digest)
      Issue.record("add \(steps.steps[number].name), sqlite \(digests.0), postgres \(digests.1)")
    }
  }
}
