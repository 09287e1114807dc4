import DurableExecution
import Synchronization
import TestSupport
import Testing

@testable import ClaimsAPI

@Suite("A caller in haste is told to wait, and holds up no other")
struct CallerRatesTests {
  /// A clock that only the test moves.
  private final class Clock: Sendable {
    private let instant = Mutex(ContinuousClock.now)

    func advance(by duration: Duration) { instant.withLock { $0 += duration } }

    var pacing: Pacing {
      Pacing(now: { self.instant.withLock { $0 } }, sleep: { _ in }, random: { 0 })
    }
  }

  @Test("in any stretch of time no more is let through than the rate and one second's worth", arguments: [1, 7, 250])
  func bounded(limit: Int) throws {
    let seed = UInt64.random(in: .min ... .max)
    print("rates of callers, \(limit) a second: seed \(seed)")
    var generator = SeededGenerator(seed: seed)
    let clock = Clock()
    let rates = CallerRates(perSecond: limit, pacing: clock.pacing)
    var (passed, elapsed) = (0, Duration.zero)
    for _ in 1...5_000 {
      let step = Duration.milliseconds(Int.random(in: 0...20, using: &generator))
      clock.advance(by: step)
      elapsed += step
      if (try? rates.admit("clinic")) != nil { passed += 1 }
      #expect(Double(passed) <= (elapsed / .seconds(1) + 1) * Double(limit) + 1)
    }
    #expect(passed > 0)
  }

  @Test("a second's worth passes at once; the next is told when to come again, and then passes")
  func burst() throws {
    let clock = Clock()
    let rates = CallerRates(perSecond: 5, pacing: clock.pacing)
    for _ in 1...5 { try rates.admit("clinic") }
    let refusal = #expect(throws: APIProblem.self) { try rates.admit("clinic") }
    #expect(refusal?.status == 429)
    try rates.admit("another")
    clock.advance(by: .seconds(refusal?.retryAfter ?? 0))
    try rates.admit("clinic")
  }
}
