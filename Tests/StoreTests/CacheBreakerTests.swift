import Testing

@testable import DurableRedis

@Suite("A failing cache is not used for a while, each time for longer")
struct CacheBreakerTests {
  private let start = ContinuousClock.now

  @Test("after a failure no request may ask, then one may, and after an answer all may")
  func one() {
    var breaker = CacheBreaker()
    let isFirst = breaker.failed(at: start)
    let answers = [499, 500, 501].map { breaker.mayAsk(at: start + .milliseconds($0)) }
    breaker.answered()
    let isFree = breaker.mayAsk(at: start + .milliseconds(502))
    #expect(isFirst && isFree)
    #expect(answers == [false, true, false], "while one request asks, no other may")
  }

  @Test("the pauses double up to half a minute, and only the first failure is reported")
  func doubles() {
    var breaker = CacheBreaker()
    var (now, pauses, told): (_, [Duration], Int) = (start, [], 0)
    for _ in 1...9 {
      if breaker.failed(at: now) { told += 1 }
      var pause = Duration.zero
      while !breaker.mayAsk(at: now + pause) { pause += .milliseconds(500) }
      pauses.append(pause)
      now += pause
    }
    #expect(told == 1)
    #expect(pauses == [0.5, 1, 2, 4, 8, 16, 30, 30, 30].map { .seconds($0) })
  }
}
