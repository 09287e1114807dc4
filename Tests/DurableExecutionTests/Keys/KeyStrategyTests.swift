import Testing

@testable import DurableExecution

@Suite("A strategy for keys")
struct KeyStrategyTests {
  private static let noon = Timestamp(microseconds: 1_780_315_200_000_000)

  private func token(
    instance: String = "mailer-1", action: String = "remind", at instant: Timestamp = noon,
    window: KeyStrategy.Window = .day, parameters: [String: String] = ["member": "M1"]
  ) throws -> KeyText {
    try KeyStrategy.token(
      instance: instance, action: action, at: instant, window: window, parameters: parameters)
  }

  private func fingerprint(
    request: [String: String] = ["a": "1", "b": "2"], state: [String: Int] = ["row": 7],
    environment: String = "production", versions: [String: String] = ["rules": "3"]
  ) throws -> KeyText {
    try KeyStrategy.fingerprint(request: request, state: state, environment: environment, versions: versions)
  }

  @Test("by business values derives the key that the program's own agents derive, and no two intents share it")
  func business() {
    #expect(KeyStrategy.business("pay", ["C1", "10.00"]) == KeyText("idemp:pay:C1:10.00"))
    let keys = [
      KeyStrategy.business("pay", ["a", "b"]), KeyStrategy.business("pay", ["a:b"]),
      KeyStrategy.business("pay:a", ["b"]), KeyStrategy.business("pay", ["b", "a"]),
      KeyStrategy.business("pay", ["a", "", "b"]), KeyStrategy.business("pay", ["a%3Ab"]),
    ]
    #expect(Set(keys).count == keys.count)
  }

  @Test("by token derives one key within a window, and another for anything that differs")
  func tokens() throws {
    let hour = try token(window: .hour)
    #expect(try token(at: Self.noon.adding(.seconds(3_599)), window: .hour) == hour)
    #expect(try token(at: Self.noon.adding(.seconds(3_600)), window: .hour) != hour, "the edge of a window")
    #expect(try token(at: Self.noon.adding(.microseconds(-1)), window: .hour) != hour)
    let keys = [
      try token(), hour, try token(window: .minute), try token(instance: "mailer-2"), try token(action: "welcome"),
      try token(parameters: ["member": "M2"]),
    ]
    #expect(Set(keys).count == keys.count && keys.allSatisfy { $0.effect == "by-token" })
    #expect(!hour.text.contains("M1"), "the parameters may be personal data")
    let epoch = [-1, 0].map { Timestamp(microseconds: $0) }
    #expect(try token(at: epoch[0]) != token(at: epoch[1]), "windows before 1970 are as long as the others")
  }

  @Test("is known by the form of its keys, and all but one say why they are not for money")
  func names() throws {
    let keys = [KeyStrategy.business("ship", ["1"]), try token(), try fingerprint()]
    #expect(keys.map(KeyStrategy.Name.init) == [.business, .token, .fingerprint])
    #expect(KeyStrategy.Name.allCases.filter(\.isForMoney) == [.business])
    #expect(KeyStrategy.Name.allCases.compactMap(\.danger).count == 2)
  }

  @Test("that may act twice is refused for money: by the retention, or by the action that a token names")
  func money() throws {
    let (pay, remind) = (try token(action: "pay"), try token())
    for key in [remind, pay, try fingerprint()] {
      try KeyStrategy.check(key, retention: .workflow)
      #expect(throws: KeyRefusal.notForMoney(effect: key.effect)) {
        try KeyStrategy.check(key, retention: .financial)
      }
    }
    #expect(throws: KeyRefusal.notForMoney(effect: "by-token")) {
      try KeyStrategy.check(pay, retention: nil, movingMoney: ["pay"])
    }
    try KeyStrategy.check(remind, retention: nil, movingMoney: ["pay"])
    try KeyStrategy.check(KeyStrategy.business("pay", ["1"]), retention: .financial, movingMoney: ["pay"])
  }

  @Test("by fingerprint derives one key for equal content, and another for anything that differs")
  func fingerprints() throws {
    #expect(try fingerprint(request: ["b": "2", "a": "1"]) == fingerprint(), "the order of members does not matter")
    let keys = [
      try fingerprint(), try fingerprint(request: ["a": "1"]), try fingerprint(state: ["row": 8]),
      try fingerprint(environment: "test"), try fingerprint(versions: ["rules": "4"]),
      try fingerprint(versions: [:]),
    ]
    #expect(Set(keys).count == keys.count && keys.allSatisfy { $0.effect == "by-fingerprint" })
  }
}
